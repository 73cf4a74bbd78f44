package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faraddb.engine.time.SimTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FullDiskReportTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FullDiskReport.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimTime time = new SimTime();
    private final FullDiskReport report = new FullDiskReport(time);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aFullDiskIsOneLineWhenItBeginsAndOneWhenItEnds() {
        report.committed();
        assertThat(said()).isEmpty();
        for (int i = 0; i < 100; i++) {
            report.refused("no space left");
            time.advance(Duration.ofSeconds(1));
            report.committed();
        }
        assertThat(said())
                .containsExactly("The disk of the log is full, writes are refused: no space left");
        time.advance(Duration.ofSeconds(20));
        report.committed();
        report.committed();
        assertThat(said()).hasSize(2).last().asString().contains("has room again");
        assertThat(lines.list).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
        report.refused("no space left");
        assertThat(said()).hasSize(3);
    }
}
