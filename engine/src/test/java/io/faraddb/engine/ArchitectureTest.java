package io.faraddb.engine;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walls of the engine: levels, cycles, and what nobody may call. */
class ArchitectureTest {

    private static final String ROOT = "io.faraddb.engine.";

    /** From the bottom up: a package imports only what stands before it. */
    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("error", "time", "stats", "memory"),
                    List.of("codec", "type", "disk"),
                    List.of("catalog", "ring"),
                    List.of("storage"),
                    List.of("sql.parse"),
                    List.of("sql.function"),
                    List.of("sql.bind"),
                    List.of("sql.system"),
                    List.of("sql.optimize"),
                    List.of("sql.exec"),
                    List.of("sql.plan"),
                    List.of("procedure"),
                    List.of("log", "snapshot"),
                    List.of("site"),
                    List.of("replication"),
                    List.of("txn"),
                    List.of("schema"),
                    List.of("control"),
                    List.of("recovery"),
                    List.of("router"),
                    List.of("session"));

    private static final Set<JavaModifier> SHOWN =
            Set.of(JavaModifier.PUBLIC, JavaModifier.PROTECTED);

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.faraddb.engine");

    private static int level(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals("io.faraddb.engine")) {
            return LEVELS.size();
        }
        for (int i = 0; i < LEVELS.size(); i++) {
            for (String candidate : LEVELS.get(i)) {
                if ((name + ".").startsWith(ROOT + candidate + ".")) {
                    return i;
                }
            }
        }
        return -1;
    }

    @Test
    void everyPackageHasALevelAndImportsOnlyLowerOnes() {
        List<String> breaks = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            int own = level(type);
            if (own < 0 && !type.getSimpleName().equals("package-info")) {
                breaks.add(type.getName() + " is in a package without a level");
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().startsWith("io.faraddb.engine")
                        && level(target) > own) {
                    breaks.add(type.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(breaks).isEmpty();
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.faraddb.engine.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineKnowsNoFramework() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "io.netty..", "io.micrometer..", "jakarta..")
                .check(CLASSES);
    }

    @Test
    void consensusIsKnownToTheReplicatedLogOnlyAndDoesNotShow() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "replication")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ratis..")
                .check(CLASSES);
        List<String> breaks = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                boolean shows =
                        unit.getAllInvolvedRawTypes().stream()
                                .anyMatch(shown -> shown.getName().startsWith("org.apache.ratis"));
                if (shows && !Collections.disjoint(unit.getModifiers(), SHOWN)) {
                    breaks.add(unit.getFullName());
                }
            }
        }
        assertThat(breaks).isEmpty();
    }

    @Test
    void onlyOneDoorChangesCommittedRows() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "site.Partition")
                .should()
                .callMethod(
                        ROOT + "storage.PartitionStore", "apply", ROOT + "storage.Changes", "long")
                .check(CLASSES);
    }

    @Test
    void clocksSleepAndChanceAreInjected() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.faraddb.engine.time..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .check(CLASSES);
    }
}
