package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own terminal: what its commands ask of the system tables, and its \copy. */
@Tag("slow")
@Timeout(300)
class PsqlIT {

    @TempDir static Path directory;

    private static Path psql;
    private static RunningNode node;

    @BeforeAll
    static void start() throws IOException {
        psql = OutsideProgram.find("psql", "postgresql-client");
        node = new RunningNode(directory);
        node.rows(
                """
                CREATE TABLE account (
                    id bigint PRIMARY KEY,
                    owner text NOT NULL DEFAULT 'nobody',
                    balance numeric(10, 2) CHECK (balance >= 0),
                    opened timestamptz DEFAULT now());
                CREATE INDEX account_owner ON account (owner);
                CREATE TABLE country (code text PRIMARY KEY, name text) WITH (replicated = true);
                CREATE PROCEDURE pay PARTITION ON TABLE account COLUMN id
                    AS UPDATE account SET balance = balance - $2 WHERE id = $1;
                """);
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    /** Runs commands, each as an argument of its own. */
    private static Installation.Ran psql(String... commands) throws IOException {
        List<String> command = new ArrayList<>(List.of(psql.toString(), "-X"));
        for (String one : commands) {
            command.addAll(List.of("-c", one));
        }
        return Installation.run(directory, node.clientEnvironment(), command);
    }

    /** What a command prints, without the blanks at the ends of lines. */
    private static String shows(String... commands) throws IOException {
        Installation.Ran ran = psql(commands);
        assertThat(ran.exit()).as(ran.errors()).isZero();
        assertThat(ran.errors()).isEmpty();
        return ran.out().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    @Test
    void comesByTheSocketOfTheMachine() throws IOException {
        assertThat(shows("\\c - - " + node.socketDirectory(), "\\conninfo"))
                .contains("via socket in \"" + node.socketDirectory() + "\"");
    }

    @Test
    void describesATable() throws IOException {
        assertThat(shows("\\d account"))
                .isEqualTo(
                        """
                                                Table "public.account"
                         Column  |           Type           | Collation | Nullable | Default
                        ---------+--------------------------+-----------+----------+----------
                         id      | bigint                   |           | not null |
                         owner   | text                     |           | not null | 'nobody'
                         balance | numeric(10,2)            |           |          |
                         opened  | timestamp with time zone |           |          | now()
                        Indexes:
                            "account_pkey" PRIMARY KEY, btree (id)
                            "account_owner" btree (owner)
                        Check constraints:
                            "account_balance_check" CHECK ((balance >= 0))
                        """);
        Installation.Ran missing = psql("\\d nowhere");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.errors()).contains("Did not find any relation named \"nowhere\".");
    }

    @Test
    void listsTables() throws IOException {
        String relations =
                """
                        List of relations
                 Schema |  Name   | Type  | Owner
                --------+---------+-------+-------
                 public | account | table | admin
                 public | country | table | admin
                (2 rows)
                """;
        assertThat(shows("\\d account|country|nothing", "\\dt")).endsWith(relations);
        assertThat(shows("\\dt c*y")).contains("country").doesNotContain("account");
        assertThat(shows("\\dt+")).contains("account").contains("Persistence");
        assertThat(shows("\\di")).contains("account_owner").contains("country_pkey");
    }

    @Test
    void listsEverythingElse() throws IOException {
        assertThat(shows("\\df")).contains("public | pay").contains("IN ").contains("proc");
        assertThat(shows("\\df+ pay")).contains("UPDATE account SET balance");
        assertThat(shows("\\l")).contains("farad | admin | UTF8");
        assertThat(shows("\\du")).contains("admin     | Superuser");
        assertThat(shows("\\dn")).contains("public | admin");
        assertThat(psql("\\dv").errors()).isEqualTo("Did not find any relations.\n");
        assertThat(shows("\\conninfo")).contains("database \"farad\" as user \"admin\"");
        assertThat(shows("\\dp account")).contains("public | account | table");
        assertThat(shows("\\dx", "\\dT", "\\db", "\\dC", "\\dD", "\\des", "\\det"))
                .contains("(0 rows)");
    }

    @Test
    void copiesFromAndToFiles() throws IOException {
        Files.writeString(
                directory.resolve("in.csv"), "code,name\nCH,Switzerland\nXX,\"a \"\"b\"\", c\"\n");
        assertThat(shows("\\copy country from 'in.csv' with (format csv, header)"))
                .isEqualTo("COPY 2");
        assertThat(
                        shows(
                                "\\copy (select * from country order by code) to 'out.csv'"
                                        + " with (format csv, header)"))
                .isEqualTo("COPY 2");
        assertThat(directory.resolve("out.csv"))
                .hasSameTextualContentAs(directory.resolve("in.csv"));
        Files.writeString(directory.resolve("bad.csv"), "1,a,1.00\n2,b,x\n");
        Installation.Ran bad =
                psql("\\copy account (id, owner, balance) from 'bad.csv' with (format csv)");
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.errors())
                .contains("invalid input syntax for type numeric: \"x\"")
                .contains("COPY account, line 2");
        assertThat(node.rows("SELECT count(*) FROM account")).containsExactly("0");
    }

    @Test
    void errorsPointAtTheirPlace() throws IOException {
        Installation.Ran ran = psql("\\set VERBOSITY verbose", "SELECT nope FROM account");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errors())
                .startsWith(
                        """
                        ERROR:  42703: column "nope" does not exist
                        LINE 1: SELECT nope FROM account
                                       ^
                        """);
    }
}
