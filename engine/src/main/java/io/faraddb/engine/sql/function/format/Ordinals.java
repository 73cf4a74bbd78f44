package io.faraddb.engine.sql.function.format;

/** st, nd, rd and th. */
final class Ordinals {

    private Ordinals() {}

    static String suffix(String digits) {
        int length = digits.length();
        boolean teen = length > 1 && digits.charAt(length - 2) == '1';
        return switch (teen ? '0' : digits.charAt(length - 1)) {
            case '1' -> "st";
            case '2' -> "nd";
            case '3' -> "rd";
            default -> "th";
        };
    }
}
