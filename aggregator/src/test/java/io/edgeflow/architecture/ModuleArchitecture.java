package io.edgeflow.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What holds in every module. A module's own test adds what it may depend on. */
public abstract class ModuleArchitecture {
  private final String modulePackage;
  private final int plausibleClasses;
  private final JavaClasses classes = Imported.CLASSES;

  /** Once for all methods of a test, each of which has an instance of its own. */
  private static final class Imported {
    static final JavaClasses CLASSES =
        new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  /**
   * @param plausibleClasses a little less than the module has, so that a scan of the wrong
   *     directory cannot pass; raise it as the module grows
   */
  protected ModuleArchitecture(String modulePackage, int plausibleClasses) {
    this.modulePackage = modulePackage;
    this.plausibleClasses = plausibleClasses;
  }

  @Test
  void scansThisModule() {
    assertTrue(
        classes.size() >= plausibleClasses,
        () -> "only " + classes.size() + " classes found, expected at least " + plausibleClasses);
    assertEquals(
        List.of(),
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(modulePackage) && !name.startsWith(modulePackage + "."))
            .distinct()
            .toList(),
        "packages outside " + modulePackage);
  }

  /**
   * Failsafe takes a module without *IT classes for granted unless it is told that there are some.
   */
  @Test
  void integrationTestsAreRequiredToRun() throws IOException {
    try (Stream<Path> compiled = Files.walk(Path.of("target", "test-classes"))) {
      boolean has = compiled.anyMatch(file -> file.toString().endsWith("IT.class"));
      assertEquals(
          has,
          Boolean.getBoolean("edgeflow.integrationTests.required"),
          "set the property edgeflow.integrationTests.required in this module's pom.xml to " + has);
    }
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.edgeflow.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackageAssumesNonNull() {
    var unmarked = new TreeSet<String>();
    for (JavaClass type : classes) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertEquals(new TreeSet<>(), unmarked, "packages without a @NullMarked package-info.java");
  }

  /**
   * A process speaks through its log; only commands, in packages named cli, have a reader there.
   */
  @Test
  void nothingWritesToTheConsole() {
    if (modulePackage.equals("io.edgeflow.lab")) {
      return;
    }
    noClasses()
        .that()
        .resideOutsideOfPackage("..cli..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(classes);
  }

  /** Holds the module to the JDK, its own packages, the null annotations and the packages named. */
  protected final void dependsOnlyOn(String... packages) {
    var allowed = new TreeSet<>(List.of(packages));
    allowed.addAll(List.of("java..", "org.jspecify..", modulePackage + ".."));
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(classes);
  }

  protected final void neverDependsOn(String... packages) {
    noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(classes);
  }
}
