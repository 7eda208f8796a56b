package io.edgeflow.lab.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page that promises names what attacks each rule: all of that must be there. */
final class PromisePageTest {
  private static final String EVERY = "every drill";

  /** One rule or several in brackets, as comments name them. */
  private static final Pattern NAMED =
      Pattern.compile("\\(([AIJLQRTW][1-9]\\d?(?:(?:, | to )[AIJLQRTW][1-9]\\d?)*)\\)");

  private final Path project = Path.of(System.getProperty("edgeflow.home"));

  /**
   * @param tests simple class names
   * @param drills with their options
   */
  private record Rule(String name, List<String> tests, List<String> drills) {}

  @Test
  void everyRuleIsAttackedByATestThatIsThere() throws IOException {
    Set<String> there = testClasses();
    List<String> wrong =
        rules().stream()
            .flatMap(rule -> rule.tests.stream().filter(test -> !there.contains(test)))
            .toList();

    assertEquals(List.of(), wrong);
    assertEquals(
        List.of(), rules().stream().filter(r -> r.tests.isEmpty()).map(Rule::name).toList());
  }

  @Test
  void everyDrillItNamesIsOne() throws IOException {
    Set<String> known = new CommandLine(new DrillCommand()).getSubcommands().keySet();
    List<String> wrong =
        rules().stream()
            .flatMap(rule -> rule.drills.stream())
            .filter(drill -> !drill.equals(EVERY))
            .map(drill -> drill.split(" ", 2)[0])
            .filter(drill -> !known.contains(drill))
            .toList();

    assertEquals(List.of(), wrong);
  }

  /** Whoever reads "(J4)" in the code finds here what that is. */
  @Test
  void everyRuleThatCodeNamesIsOnThePage() throws IOException {
    Set<String> known = new TreeSet<>();
    rules().forEach(rule -> known.addAll(List.of(rule.name.split(", "))));
    Set<String> named = new TreeSet<>();
    for (Path file : sources()) {
      NAMED
          .matcher(Files.readString(file))
          .results()
          .flatMap(found -> Stream.of(found.group(1).split(", | to ")))
          .forEach(named::add);
    }
    assertTrue(named.size() > 30, () -> "too few rules to prove anything: " + named);
    named.removeAll(known);
    named.remove("L10"); // Named below the table: there is no relay to attack.

    assertEquals(Set.of(), named);
  }

  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    // Only where sources are: elsewhere files go while they are walked over.
    for (Path root : sourceRoots()) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().matches(".*/src/(main|test)/.*\\.(java|sql)"))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private List<Path> sourceRoots() throws IOException {
    try (Stream<Path> modules = Files.list(project)) {
      return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
    }
  }

  private List<Rule> rules() throws IOException {
    List<Rule> rules =
        Files.readAllLines(project.resolve("docs/promise.md")).stream()
            .filter(line -> line.matches("\\| [AIJLQRTW]\\d.*"))
            .map(line -> line.split("\\|", -1))
            .map(cells -> new Rule(cells[1].strip(), words(cells[3]), words(cells[4])))
            .toList();
    assertTrue(rules.size() > 20, () -> "too few rules to prove anything: " + rules);
    return rules;
  }

  private static List<String> words(String cell) {
    return Stream.of(cell.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private Set<String> testClasses() throws IOException {
    return sources().stream()
        .filter(file -> file.toString().contains("/src/test/java/"))
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".java"))
        .map(name -> name.substring(0, name.length() - ".java".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
