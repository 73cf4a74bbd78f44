package io.faraddb.engine.sql.function.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.builtin.BuiltIns;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionLibraryTest {

    private static final FunctionLibrary LIBRARY = BuiltIns.LIBRARY;

    @Test
    void mixedIntegersCompareAsTheWiderOne() {
        Function found = LIBRARY.resolveOperator("<", SqlType.INTEGER, SqlType.BIGINT);
        assertThat(found.parameters()).containsExactly(SqlType.BIGINT, SqlType.BIGINT);
    }

    @Test
    void unknownLiteralTakesTheOtherOperandsType() {
        Function found = LIBRARY.resolveOperator("=", SqlType.DATE, SqlType.UNKNOWN);
        assertThat(found.parameters()).containsExactly(SqlType.DATE, SqlType.DATE);
    }

    @Test
    void varcharsCompareAsText() {
        Function found = LIBRARY.resolveOperator("=", SqlType.varchar(5), SqlType.UNKNOWN);
        assertThat(found.parameters()).containsExactly(SqlType.TEXT, SqlType.TEXT);
    }

    @Test
    void operatorOfUnfitTypesDoesNotExist() {
        assertThatThrownBy(() -> LIBRARY.resolveOperator("+", SqlType.INTEGER, SqlType.BOOLEAN))
                .isInstanceOf(SqlException.class)
                .hasMessage("operator does not exist: integer + boolean");
    }

    @Test
    void sumOfIntegersIsBigint() {
        Aggregate sum = LIBRARY.resolveAggregate("sum", List.of(SqlType.INTEGER));
        assertThat(sum).isNotNull().extracting(Aggregate::result).isEqualTo(SqlType.BIGINT);
    }

    @Test
    void arrayAggregateHasItsElementsType() {
        Aggregate found = LIBRARY.resolveAggregate("array_agg", List.of(SqlType.varchar(3)));
        assertThat(found)
                .isNotNull()
                .extracting(Aggregate::result)
                .isEqualTo(SqlType.array(SqlType.VARCHAR));
    }

    @Test
    void commonTypeOfNumbersIsTheOneThatAllBecome() {
        List<SqlType> types = List.of(SqlType.INTEGER, SqlType.UNKNOWN, SqlType.NUMERIC);
        assertThat(FunctionLibrary.commonType(types)).isEqualTo(SqlType.NUMERIC);
    }

    @Test
    void commonTypeOfNothingKnownIsText() {
        assertThat(FunctionLibrary.commonType(List.of(SqlType.UNKNOWN, SqlType.UNKNOWN)))
                .isEqualTo(SqlType.TEXT);
    }

    @Test
    void typesOfTwoCategoriesHaveNoCommonType() {
        List<SqlType> types = List.of(SqlType.INTEGER, SqlType.TEXT);
        assertThatThrownBy(() -> FunctionLibrary.commonType(types, "UNION"))
                .hasMessage("UNION types integer and text cannot be matched");
    }
}
