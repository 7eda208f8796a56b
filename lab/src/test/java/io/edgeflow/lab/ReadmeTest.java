package io.edgeflow.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A wrong map is worse than none: what the README points at exists. */
final class ReadmeTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^):]+)\\)");
  private static final Pattern COMMAND = Pattern.compile("\\./edgeflow ([\\w-]+)");

  private final Path project = Path.of(System.getProperty("edgeflow.home"));

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken =
        all(LINK, "README.md").stream()
            .filter(link -> !Files.exists(project.resolve(link)))
            .toList();

    assertEquals(List.of(), broken);
  }

  @Test
  void everyCommandIsOneOfTheLaunchers() throws IOException {
    String launcher = Files.readString(project.resolve("edgeflow"));
    Set<String> commands = all(COMMAND, "README.md");

    assertTrue(commands.size() > 5, () -> "too few commands to prove anything: " + commands);
    commands.forEach(
        command ->
            assertTrue(
                Pattern.compile("(?m)^  " + command + " ").matcher(launcher).find(),
                () -> "the launcher knows no " + command));
  }

  private Set<String> all(Pattern pattern, String file) throws IOException {
    Set<String> found = new TreeSet<>();
    pattern
        .matcher(Files.readString(project.resolve(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(found::add);
    return found;
  }
}
