package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.Picture.Node;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A picture of a number such as {@code 'FM999G990D00MI'}: its nodes and what follows from them. */
final class NumberPicture {

    private static final Set<String> UPPER =
            Set.of(
                    ",", ".", "0", "9", "B", "C", "D", "EEEE", "FM", "G", "L", "MI", "PL", "PR",
                    "RN", "SG", "SP", "S", "TH", "V");

    private static final Set<String> KEYWORDS = keywords();

    final List<Node> nodes;
    // Digits before and behind the point, and behind V.
    int before;
    int behind;
    int shift;
    // Where zeros are written: from and up to a digit, counted from 1; 0 for nowhere.
    int zeroStart;
    int zeroEnd;
    boolean decimal;
    boolean zero;
    boolean blank;
    boolean fill;
    boolean minus;
    boolean plus;
    boolean bracket;
    boolean roman;
    boolean shifted;
    boolean scientific;
    boolean localeSign;
    boolean signBefore;
    boolean signBehind;
    // Digits before the sign.
    int digitsBeforeSign;

    private NumberPicture(List<Node> nodes) {
        this.nodes = nodes;
    }

    private static Set<String> keywords() {
        Set<String> keywords = new java.util.HashSet<>(UPPER);
        UPPER.forEach(keyword -> keywords.add(keyword.toLowerCase(Locale.ROOT)));
        return Set.copyOf(keywords);
    }

    static NumberPicture parse(String format) {
        NumberPicture picture = new NumberPicture(Picture.ofNumber(format, KEYWORDS));
        for (Node node : picture.nodes) {
            if (node.isField()) {
                picture.take(node.text().toUpperCase(Locale.ROOT));
            }
        }
        return picture;
    }

    private static SqlException wrong(String message) {
        return new SqlException(ErrorCode.SYNTAX_ERROR, message);
    }

    private static void refuseIf(boolean refused, String message) {
        if (refused) {
            throw wrong(message);
        }
    }

    private void take(String keyword) {
        refuseIf(scientific && !keyword.equals("EEEE"), "\"EEEE\" must be the last pattern used");
        switch (keyword) {
            case "9" -> nine();
            case "0" -> zero();
            case "B" -> blank |= before == 0 && behind == 0 && !zero;
            case ".", "D" -> {
                refuseIf(decimal, "multiple decimal points");
                refuseIf(shifted, "cannot use \"V\" and decimal point together");
                decimal = true;
            }
            case "FM" -> fill = true;
            case "S" -> sign();
            case "MI" -> {
                refuseIf(localeSign, "cannot use \"S\" and \"MI\" together");
                minus = true;
            }
            case "PL" -> {
                refuseIf(localeSign, "cannot use \"S\" and \"PL\" together");
                plus = true;
            }
            case "SG" -> {
                refuseIf(localeSign, "cannot use \"S\" and \"SG\" together");
                minus = true;
                plus = true;
            }
            case "PR" -> {
                refuseIf(
                        localeSign || plus || minus,
                        "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                bracket = true;
            }
            case "RN" -> roman = true;
            case "V" -> {
                refuseIf(decimal, "cannot use \"V\" and decimal point together");
                shifted = true;
            }
            case "EEEE" -> scientific();
            default -> {
                // The others only show something at their place.
            }
        }
    }

    private void nine() {
        refuseIf(bracket, "\"9\" must be ahead of \"PR\"");
        if (shifted) {
            shift++;
        } else if (decimal) {
            behind++;
        } else {
            before++;
        }
    }

    private void zero() {
        refuseIf(bracket, "\"0\" must be ahead of \"PR\"");
        if (!zero && !decimal) {
            zero = true;
            zeroStart = before + 1;
        }
        if (decimal) {
            behind++;
        } else {
            before++;
        }
        zeroEnd = before + behind;
    }

    private void sign() {
        refuseIf(localeSign, "cannot use \"S\" twice");
        refuseIf(
                plus || minus || bracket,
                "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        localeSign = true;
        if (decimal) {
            signBehind = true;
        } else {
            signBefore = true;
            digitsBeforeSign = before;
        }
    }

    private void scientific() {
        refuseIf(scientific, "cannot use \"EEEE\" twice");
        if (blank || fill || localeSign || bracket || minus || plus || roman || shifted) {
            throw wrong("\"EEEE\" is incompatible with other formats")
                    .detail(
                            "\"EEEE\" may only be used together with digit and decimal point"
                                    + " patterns.");
        }
        scientific = true;
    }
}
