package io.faraddb.engine.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CoercionTest {

    @Test
    void varcharRefusesMoreThanItsLengthButCutsBlanks() {
        assertThat(Coercion.toDeclared(SqlType.varchar(3), "abc")).isEqualTo("abc");
        assertThat(Coercion.toDeclared(SqlType.varchar(3), "ab    ")).isEqualTo("ab ");
        assertThatThrownBy(() -> Coercion.toDeclared(SqlType.varchar(3), "abcd"))
                .isInstanceOf(SqlException.class)
                .hasMessage("value too long for type character varying(3)");
        assertThat(Coercion.toDeclaredByCast(SqlType.varchar(3), "abcd")).isEqualTo("abc");
    }

    @Test
    void lengthsCountCharacters() {
        assertThat(Coercion.toDeclared(SqlType.varchar(2), "😀😀")).isEqualTo("😀😀");
        assertThat(Coercion.toDeclaredByCast(SqlType.varchar(1), "😀😀")).isEqualTo("😀");
        assertThat(Coercion.toDeclared(SqlType.character(3), "😀")).isEqualTo("😀  ");
    }

    @Test
    void charIsPadded() {
        assertThat(Coercion.toDeclared(SqlType.character(3), "a")).isEqualTo("a  ");
        assertThatThrownBy(() -> Coercion.toDeclared(SqlType.character(3), "abcd"))
                .hasMessage("value too long for type character(3)");
    }

    @Test
    void numericIsRoundedHalfAwayFromZero() {
        SqlType type = SqlType.numeric(5, 2);
        assertThat(Coercion.toDeclared(type, new BigDecimal("1.005")))
                .isEqualTo(new BigDecimal("1.01"));
        assertThat(Coercion.toDeclared(type, new BigDecimal("-1.005")))
                .isEqualTo(new BigDecimal("-1.01"));
        assertThat(Coercion.toDeclared(type, new BigDecimal("7")))
                .isEqualTo(new BigDecimal("7.00"));
        assertThatThrownBy(() -> Coercion.toDeclared(type, new BigDecimal("999.995")))
                .isInstanceOfSatisfying(
                        SqlException.class,
                        e -> {
                            assertThat(e.text()).isEqualTo("numeric field overflow");
                            assertThat(e.detail())
                                    .isEqualTo(
                                            "A field with precision 5, scale 2 must round to an"
                                                    + " absolute value less than 10^3.");
                        });
    }

    @Test
    void integersKeepTheirRange() {
        assertThat(Coercion.toDeclared(SqlType.SMALLINT, 32767L)).isEqualTo(32767L);
        assertThatThrownBy(() -> Coercion.toDeclared(SqlType.SMALLINT, 32768L))
                .hasMessage("smallint out of range");
        assertThatThrownBy(() -> Coercion.toDeclared(SqlType.INTEGER, 1L << 31))
                .hasMessage("integer out of range");
    }

    @Test
    void arraysFitTheirElements() {
        assertThat(
                        Coercion.toDeclared(
                                SqlType.array(SqlType.numeric(4, 1)),
                                Arrays.asList(new BigDecimal("1.25"), null)))
                .isEqualTo(Arrays.asList(new BigDecimal("1.3"), null));
    }
}
