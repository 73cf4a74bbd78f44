package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Coercions;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.RecordShape;
import io.faraddb.engine.sql.bind.expression.Sameness;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Output columns, stars spelled out. */
public final class SelectList {

    /** An output column. */
    private record Item(
            String name, Scalar value, int table, int number, @Nullable RecordShape shape) {

        Field field() {
            return new Field(name, value.type(), table, number);
        }
    }

    private final List<Item> items;

    private SelectList(List<Item> items) {
        this.items = items;
    }

    /** Binds the items of SELECT or RETURNING. */
    public static SelectList bind(List<Query.SelectItem> written, ExpressionBinder binder) {
        List<Item> items = new ArrayList<>();
        for (Query.SelectItem item : written) {
            switch (item.expression()) {
                case Expression.Star star -> {
                    for (Scope.Column column : binder.star(star)) {
                        items.add(ofColumn(column, binder, star.position()));
                    }
                }
                case Expression.FieldStar star -> addFields(star, binder, items);
                default -> items.add(ofItem(item, binder));
            }
        }
        return new SelectList(items);
    }

    private static Item ofColumn(Scope.Column column, ExpressionBinder binder, int position) {
        Scalar value =
                column.value() instanceof Scalar.Column plain
                        ? new Scalar.Column(plain.index(), plain.type(), plain.name())
                        : column.value();
        binder.context().shaped(binder.context().at(value, position), column.shape());
        return new Item(column.name(), value, column.table(), column.number(), column.shape());
    }

    private static Item ofItem(Query.SelectItem item, ExpressionBinder binder) {
        Scalar value = binder.bind(item.expression());
        String alias = item.alias();
        String name = alias == null ? SelectNames.of(item.expression()) : alias;
        RecordShape shape = binder.context().shape(value);
        Scope.Column source =
                item.expression() instanceof Expression.ColumnReference
                                && value instanceof Scalar.Column
                        ? binder.columnOf(value)
                        : null;
        return source == null
                ? new Item(name, value, 0, 0, shape)
                : new Item(name, value, source.table(), source.number(), shape);
    }

    private static void addFields(
            Expression.FieldStar star, ExpressionBinder binder, List<Item> items) {
        Scalar record = binder.bind(star.operand());
        RecordShape shape = binder.context().shape(record);
        if (shape == null) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "cannot expand a value of type "
                                    + record.type().unmodified()
                                    + " into columns")
                    .at(star.position());
        }
        for (int i = 0; i < shape.names().size(); i++) {
            Scalar field = ExpressionBinder.field(record, shape, i);
            items.add(new Item(shape.names().get(i), field, 0, 0, null));
        }
    }

    int size() {
        return items.size();
    }

    Scalar expression(int index) {
        return items.get(index).value();
    }

    /** The type of an output; text when nothing else is known. */
    SqlType type(int index) {
        SqlType type = items.get(index).value().type();
        return type.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : type;
    }

    List<@Nullable RecordShape> shapes() {
        List<@Nullable RecordShape> shapes = new ArrayList<>();
        for (Item item : items) {
            shapes.add(item.shape());
        }
        return shapes;
    }

    public List<Scalar> expressions() {
        return items.stream().map(Item::value).toList();
    }

    public List<Field> fields() {
        return items.stream().map(Item::field).toList();
    }

    /** Makes text of what has no type yet. */
    public void settleTypes(Coercions coercions) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Scalar value = coercions.implicitly(item.value(), type(i));
            items.set(i, new Item(item.name(), value, item.table(), item.number(), item.shape()));
        }
    }

    /**
     * The output of a name; null if none has it.
     *
     * @throws SqlException if several different ones have it
     */
    @Nullable Scalar named(Expression.ColumnReference reference, String clause) {
        String name = reference.names().getFirst();
        Scalar found = null;
        for (Item item : items) {
            if (!item.name().equals(name)) {
                continue;
            }
            if (found != null && !Sameness.same(found, item.value())) {
                throw new SqlException(
                                ErrorCode.AMBIGUOUS_COLUMN,
                                clause + " \"" + name + "\" is ambiguous")
                        .at(reference.position());
            }
            found = item.value();
        }
        return found;
    }

    /** The place of an output that is the same as an expression; -1 if none is. */
    int indexOf(Scalar expression) {
        for (int i = 0; i < items.size(); i++) {
            if (Sameness.same(items.get(i).value(), expression)) {
                return i;
            }
        }
        return -1;
    }

    /** An output as a column of the projected rows. */
    Scalar column(int index) {
        Item item = items.get(index);
        return new Scalar.Column(index, item.value().type(), item.name());
    }

    SelectList rewritten(UnaryOperator<Scalar> change) {
        List<Item> changed = new ArrayList<>();
        for (Item item : items) {
            changed.add(
                    new Item(
                            item.name(),
                            change.apply(item.value()),
                            item.table(),
                            item.number(),
                            item.shape()));
        }
        return new SelectList(changed);
    }

    /** These outputs, then others without a name. */
    SelectList plus(List<Scalar> more) {
        List<Item> all = new ArrayList<>(items);
        for (Scalar expression : more) {
            all.add(new Item("", expression, 0, 0, null));
        }
        return new SelectList(all);
    }

    Relation project(Relation input) {
        return new Relation.Project(input, expressions(), fields());
    }
}
