package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.sql.function.format.Picture.Node;
import java.util.Locale;

/**
 * Writes the digits of a number into a picture. It walks as PostgreSQL does, digit by digit, since
 * the corner cases have no other rule than that.
 */
final class NumberWriter {

    private static final char END = '\0';

    private final NumberPicture picture;
    // Digits without sign, perhaps with a point, or what replaces a number that does not fit.
    private final String number;
    private final boolean negative;
    private final int leadingSpaces;
    private final StringBuilder out = new StringBuilder();
    // Zero-based; below 0 where no zeros were asked for.
    private final int zeroStart;
    // The last place of the number that is shown with FM; -1 for all.
    private final int lastRelevant;
    private boolean bracket;
    private boolean signBehind;
    private boolean signBefore;
    private boolean signWritten;
    private boolean inNumber;
    private int count;
    private int current;
    private int at;

    NumberWriter(NumberPicture picture, String number, boolean negative, int leadingSpaces) {
        this.picture = picture;
        this.number = number;
        this.negative = negative;
        this.leadingSpaces = leadingSpaces;
        this.zeroStart = picture.zeroStart > 0 ? picture.zeroStart - 1 : 0;
        this.bracket = picture.bracket;
        this.signBefore = picture.signBefore;
        this.signBehind = picture.signBehind;
        this.lastRelevant = lastRelevant();
    }

    private int lastRelevant() {
        if (!picture.fill || !picture.decimal) {
            return -1;
        }
        int point = number.indexOf('.');
        if (point < 0) {
            return -1;
        }
        int last = point;
        for (int i = point + 1; i < number.length(); i++) {
            last = number.charAt(i) == '0' ? last : i;
        }
        if (picture.zeroEnd > leadingSpaces) {
            last = Math.max(last, Math.min(number.length() - 1, picture.zeroEnd - leadingSpaces));
        }
        return last;
    }

    String write() {
        prepareSign();
        count = picture.behind + picture.before - 1;
        if (!signWritten && leadingSpaces == 0) {
            count++;
        }
        for (Node node : picture.nodes) {
            if (node.isField()) {
                field(node);
            } else {
                out.append(node.text());
            }
        }
        return out.toString();
    }

    private void prepareSign() {
        if (picture.plus || picture.minus) {
            // PL, MI and SG write it at their own place; a plus alone leaves the minus to us.
            signWritten = picture.minus;
            return;
        }
        if (!negative && picture.fill) {
            bracket = false;
        }
        signWritten = !negative && picture.fill && !picture.localeSign;
        if (signBefore && picture.before == picture.digitsBeforeSign) {
            signBefore = false;
            signBehind = true;
        }
    }

    private void field(Node node) {
        switch (node.text().toUpperCase(Locale.ROOT)) {
            case "9", "0", ".", "D" -> digit(node.text().charAt(0) == '0');
            case ",", "G" -> {
                if (inNumber) {
                    out.append(',');
                } else if (!picture.fill) {
                    out.append(' ');
                }
            }
            case "L" -> out.append(' ');
            case "RN" -> roman(node);
            case "TH" -> ordinal(node);
            case "MI" -> signAtPlace(negative, '-');
            case "PL" -> signAtPlace(!negative, '+');
            case "SG" -> out.append(negative ? '-' : '+');
            default -> {
                // FM, S, PR, V and the others have been looked at before.
            }
        }
    }

    private void signAtPlace(boolean shown, char sign) {
        if (shown) {
            out.append(sign);
        } else if (!picture.fill) {
            out.append(' ');
        }
    }

    private void roman(Node node) {
        String text = node.text().equals("rn") ? number.toLowerCase(Locale.ROOT) : number;
        out.append(picture.fill ? text : " ".repeat(Math.max(0, 15 - text.length())) + text);
    }

    private void ordinal(Node node) {
        boolean none = picture.roman || number.startsWith("#") || negative || picture.decimal;
        if (!none) {
            String suffix = Ordinals.suffix(number);
            out.append(
                    Character.isUpperCase(node.text().charAt(0))
                            ? suffix.toUpperCase(Locale.ROOT)
                            : suffix);
        }
    }

    private char here() {
        return at < number.length() ? number.charAt(at) : END;
    }

    /** A zero before the point that a picture of nines leaves out. */
    private boolean isSuppressedZero() {
        return !picture.zero && at == 0 && here() == '0' && picture.behind != 0;
    }

    private boolean endsAtPoint() {
        return lastRelevant >= 0 && number.charAt(lastRelevant) == '.';
    }

    private void digit(boolean zero) {
        if (picture.roman) {
            return;
        }
        inNumber = false;
        boolean atNumber = current >= leadingSpaces || (picture.zero && zeroStart == current);
        if (!signWritten && atNumber && (!isSuppressedZero() || endsAtPoint())) {
            leadingSign();
        }
        if (current < leadingSpaces && (zeroStart > current || !picture.zero)) {
            space();
        } else if (picture.zero && current < leadingSpaces) {
            out.append('0');
            inNumber = true;
        } else {
            numberCharacter(zero);
        }
        int end = count + (leadingSpaces > 0 ? 1 : 0) + (picture.decimal ? 1 : 0);
        if (lastRelevant >= 0 && lastRelevant == at) {
            end = current;
        }
        if (current + 1 == end) {
            trailingSign();
        }
        current++;
    }

    private void space() {
        if (!picture.fill) {
            out.append(' ');
        }
    }

    private void leadingSign() {
        if (picture.localeSign) {
            if (signBefore) {
                out.append(negative ? '-' : '+');
                signWritten = true;
            }
            return;
        }
        if (bracket) {
            out.append(negative ? '<' : ' ');
        } else if (negative) {
            out.append('-');
        } else {
            space();
        }
        signWritten = true;
    }

    private void numberCharacter(boolean zero) {
        char c = here();
        if (c == '.') {
            if (!endsAtPoint() || picture.fill) {
                out.append('.');
            }
        } else if (lastRelevant >= 0 && at > lastRelevant && !zero) {
            // FM shows no zeros at the end.
        } else if (isSuppressedZero()) {
            if (!picture.fill) {
                out.append(' ');
            } else if (endsAtPoint()) {
                out.append('0');
            }
        } else if (c != END) {
            out.append(c);
            inNumber = true;
        }
        if (c != END) {
            at++;
        }
    }

    private void trailingSign() {
        if (signWritten && bracket) {
            out.append(negative ? '>' : ' ');
        } else if (picture.localeSign && signBehind) {
            out.append(negative ? '-' : '+');
        }
    }
}
