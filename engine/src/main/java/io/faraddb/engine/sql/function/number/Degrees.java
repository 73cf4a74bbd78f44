package io.faraddb.engine.sql.function.number;

/**
 * Trigonometry in degrees, exact where the result is a simple number: each curve is scaled so that
 * it goes through its known points.
 */
final class Degrees {

    static final double RADIANS_PER_DEGREE = 0.0174532925199432957692;
    static final double ARC_TANGENT_OF_ONE = Math.atan(1);
    static final double HALF_RIGHT_ANGLE = 45;

    private static final double SINE_30 = Math.sin(30 * RADIANS_PER_DEGREE);
    private static final double ONE_MINUS_COSINE_60 = 1 - Math.cos(60 * RADIANS_PER_DEGREE);
    private static final double ARC_SINE_HALF = Math.asin(0.5);
    private static final double ARC_COSINE_HALF = Math.acos(0.5);

    private Degrees() {}

    private static double smallSine(double x) {
        return Math.sin(x * RADIANS_PER_DEGREE) / SINE_30 / 2;
    }

    private static double smallCosine(double x) {
        double numerator = 1 - Math.cos(x * RADIANS_PER_DEGREE);
        return 1 - numerator / ONE_MINUS_COSINE_60 / 2;
    }

    /** Of the first quadrant. */
    private static double quadrantSine(double x) {
        return x <= 30 ? smallSine(x) : smallCosine(90 - x);
    }

    private static double quadrantCosine(double x) {
        return x <= 60 ? smallCosine(x) : smallSine(90 - x);
    }

    static double sine(double angle) {
        double x = angle % 360;
        int sign = 1;
        if (x < 0) {
            x = -x;
            sign = -1;
        }
        if (x > 180) {
            x = 360 - x;
            sign = -sign;
        }
        return sign * quadrantSine(x > 90 ? 180 - x : x);
    }

    static double cosine(double angle) {
        double x = Math.abs(angle % 360);
        x = x > 180 ? 360 - x : x;
        return x > 90 ? -quadrantCosine(180 - x) : quadrantCosine(x);
    }

    private static final double TANGENT_45 = quadrantSine(45) / quadrantCosine(45);
    private static final double COTANGENT_45 = quadrantCosine(45) / quadrantSine(45);

    static double tangent(double angle) {
        return folded(angle, true);
    }

    static double cotangent(double angle) {
        return folded(angle, false);
    }

    private static double folded(double angle, boolean tangent) {
        double x = angle % 360;
        int sign = 1;
        if (x < 0) {
            x = -x;
            sign = -1;
        }
        if (x > 180) {
            x = 360 - x;
            sign = -sign;
        }
        if (x > 90) {
            x = 180 - x;
            sign = -sign;
        }
        double ratio =
                tangent
                        ? quadrantSine(x) / quadrantCosine(x) / TANGENT_45
                        : quadrantCosine(x) / quadrantSine(x) / COTANGENT_45;
        double result = sign * ratio;
        // No minus zero.
        return result == 0 ? 0 : result;
    }

    private static double quadrantArcSine(double x) {
        return x <= 0.5
                ? Math.asin(x) / ARC_SINE_HALF * 30
                : 90 - Math.acos(x) / ARC_COSINE_HALF * 60;
    }

    private static double quadrantArcCosine(double x) {
        return x <= 0.5
                ? 90 - Math.asin(x) / ARC_SINE_HALF * 30
                : Math.acos(x) / ARC_COSINE_HALF * 60;
    }

    static double arcSine(double x) {
        return x >= 0 ? quadrantArcSine(x) : -quadrantArcSine(-x);
    }

    static double arcCosine(double x) {
        return x >= 0 ? quadrantArcCosine(x) : 90 + quadrantArcSine(-x);
    }

    static double arcTangent(double x) {
        return Math.atan(x) / ARC_TANGENT_OF_ONE * HALF_RIGHT_ANGLE;
    }
}
