package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.sql.function.TypeCategory;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's choice among functions of one name, step by step as its manual has it in chapter 10:
 * what can't be called is discarded, then those with most exact matches are kept, then those that
 * take preferred types, then unknown literals are guessed by category.
 *
 * @param <T> what is chosen
 */
final class OverloadResolution<T> {

    private final List<SqlType> arguments;
    private List<Overload<T>> candidates;

    private OverloadResolution(List<Overload<T>> candidates, List<SqlType> arguments) {
        this.candidates = candidates;
        this.arguments = arguments;
    }

    /**
     * How a choice ended.
     *
     * @param overload null if there is none, or too many
     */
    record Choice<T>(@Nullable Overload<T> overload, boolean ambiguous) {}

    /** The overload whose parameters are just these; null if there is none. */
    static <T> @Nullable Overload<T> exact(List<Overload<T>> overloads, List<SqlType> arguments) {
        for (Overload<T> overload : overloads) {
            if (matchesExactly(overload.signature(), arguments)) {
                return overload;
            }
        }
        return null;
    }

    private static boolean matchesExactly(Signature signature, List<SqlType> arguments) {
        if (!signature.takesCount(arguments.size())) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).equals(signature.parameter(i).type())) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param arguments without modifiers
     */
    static <T> Choice<T> choose(List<Overload<T>> overloads, List<SqlType> arguments) {
        List<Overload<T>> callable = new ArrayList<>();
        for (Overload<T> overload : overloads) {
            if (isCallable(overload.signature(), arguments)) {
                callable.add(overload);
            }
        }
        if (callable.isEmpty()) {
            return new Choice<>(null, false);
        }
        Overload<T> best = new OverloadResolution<>(callable, arguments).best();
        return new Choice<>(best, best == null);
    }

    private static boolean isCallable(Signature signature, List<SqlType> arguments) {
        if (!signature.takesCount(arguments.size())) {
            return false;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!signature.parameter(i).takes(arguments.get(i))) {
                return false;
            }
        }
        return Polymorphism.isConsistent(signature, arguments);
    }

    private @Nullable Overload<T> best() {
        if (candidates.size() > 1) {
            keepMost(this::isExactMatch);
        }
        if (candidates.size() > 1) {
            keepMost(this::isPreferredMatch);
        }
        if (candidates.size() > 1 && hasUnknown()) {
            keepByCategory();
        }
        if (candidates.size() > 1 && hasUnknown()) {
            keepByOnlyKnownType();
        }
        return candidates.size() == 1 ? candidates.getFirst() : null;
    }

    private boolean isUnknown(int argument) {
        return arguments.get(argument).kind() == TypeKind.UNKNOWN;
    }

    private boolean hasUnknown() {
        return arguments.contains(SqlType.UNKNOWN);
    }

    /** How well one argument fits a parameter. */
    private interface Match {
        boolean test(SqlType argument, ParameterType parameter);
    }

    private boolean isExactMatch(SqlType argument, ParameterType parameter) {
        return argument.equals(parameter.type());
    }

    private boolean isPreferredMatch(SqlType argument, ParameterType parameter) {
        boolean preferred =
                parameter.isPreferred() && parameter.category() == TypeCategory.of(argument.kind());
        return preferred || isExactMatch(argument, parameter);
    }

    /** Keeps the candidates with the most known arguments that match. */
    private void keepMost(Match match) {
        List<Integer> scores = new ArrayList<>();
        for (Overload<T> candidate : candidates) {
            int score = 0;
            for (int i = 0; i < arguments.size(); i++) {
                ParameterType parameter = candidate.signature().parameter(i);
                if (!isUnknown(i) && match.test(arguments.get(i), parameter)) {
                    score++;
                }
            }
            scores.add(score);
        }
        int most = Collections.max(scores);
        List<Overload<T>> kept = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) == most) {
                kept.add(candidates.get(i));
            }
        }
        candidates = kept;
    }

    /** Guesses the category of each unknown literal: string if any candidate takes one. */
    private void keepByCategory() {
        List<Predicate<Overload<T>>> tests = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (!isUnknown(i)) {
                continue;
            }
            int argument = i;
            TypeCategory category = categoryOf(argument);
            if (category == null) {
                return;
            }
            boolean preferred =
                    candidates.stream()
                            .map(candidate -> candidate.signature().parameter(argument))
                            .anyMatch(type -> type.category() == category && type.isPreferred());
            tests.add(candidate -> {
                ParameterType type = candidate.signature().parameter(argument);
                return type.category() == category && (!preferred || type.isPreferred());
            });
        }
        List<Overload<T>> kept = new ArrayList<>(candidates);
        tests.forEach(test -> kept.removeIf(test.negate()));
        if (!kept.isEmpty()) {
            candidates = kept;
        }
    }

    /** The category that an unknown argument is taken for; null if candidates differ. */
    private @Nullable TypeCategory categoryOf(int argument) {
        TypeCategory category = null;
        boolean conflict = false;
        for (Overload<T> candidate : candidates) {
            TypeCategory each = candidate.signature().parameter(argument).category();
            if (each == TypeCategory.STRING) {
                return each;
            }
            conflict |= category != null && category != each;
            category = each;
        }
        return conflict ? null : category;
    }

    /** If all known arguments have one type, the unknown ones are taken for it, too. */
    private void keepByOnlyKnownType() {
        SqlType known = null;
        for (SqlType argument : arguments) {
            if (argument.kind() == TypeKind.UNKNOWN) {
                continue;
            }
            if (known != null && !known.equals(argument)) {
                return;
            }
            known = argument;
        }
        if (known == null) {
            return;
        }
        List<SqlType> guessed = Collections.nCopies(arguments.size(), known);
        List<Overload<T>> kept = new ArrayList<>();
        for (Overload<T> candidate : candidates) {
            if (isCallable(candidate.signature(), guessed)) {
                kept.add(candidate);
            }
        }
        if (kept.size() == 1) {
            candidates = kept;
        }
    }
}
