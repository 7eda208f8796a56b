package io.edgeflow.cloud.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.EdgeMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Alert rules that ask for what nobody tells would never be raised. */
public final class PrometheusRulesTest {
  private static final Path HOME = Path.of(System.getProperty("edgeflow.home", ".."));
  private static final Path RULES = HOME.resolve("config/prometheus/edgeflow.rules.yaml");
  private static final Pattern METRIC = Pattern.compile("\\bedgeflow_[a-z_]+");
  private static final Pattern ANCHOR = Pattern.compile("docs/runbook\\.md#([a-z-]+): .{20,}");

  /** Of the cloud itself; the whole process is asked for them elsewhere. */
  public static final Set<String> OF_THE_CLOUD =
      Set.of("edgeflow_database_up", "edgeflow_intake_turned_away_total");

  @Test
  void askOnlyForWhatIsTold() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (JsonNode rule : rules()) {
      Matcher names = METRIC.matcher(rule.path("expr").asText());
      while (names.find()) {
        asked.add(names.group());
      }
    }
    Set<String> told = new TreeSet<>(OF_THE_CLOUD);
    EdgeMeters.names().forEach(name -> told.add(name.replace('.', '_')));
    asked.removeAll(told);
    assertEquals(Set.of(), asked);
  }

  @Test
  void sayWhatToDoAndWhere() throws IOException {
    Set<String> entries =
        Files.readAllLines(HOME.resolve("docs/runbook.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(Collectors.toSet());
    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText();
      Matcher anchor = ANCHOR.matcher(rule.at("/annotations/runbook").asText());
      assertTrue(anchor.matches(), name);
      assertTrue(entries.contains(anchor.group(1)), name + ": no entry " + anchor.group(1));
      assertTrue(rule.at("/annotations/summary").asText().length() > 20, name);
      assertTrue(
          Set.of("critical", "warning", "info").contains(rule.at("/labels/severity").asText()),
          name);
    }
  }

  @Test
  void groupAlertsOnEdgesBySite() throws IOException {
    for (JsonNode rule : rules()) {
      String expression = rule.path("expr").asText();
      if (expression.contains("edgeflow_edge_")) {
        assertTrue(expression.contains("by (site)"), rule.path("alert").asText());
        assertTrue(
            rule.at("/annotations/summary").asText().contains("{{ $labels.site }}"),
            rule.path("alert").asText());
      }
    }
  }

  @Test
  void haveATestForEachAlertOnReadingsAndDisks() throws IOException {
    String tests = Files.readString(HOME.resolve("config/prometheus/edgeflow.rules.test.yaml"));
    for (String alert :
        List.of("Lag", "FramesMissing", "ReadingsLost", "Rejects", "DiskFills", "Clock")) {
      assertTrue(tests.contains("alertname: EdgeFlow" + alert), alert);
    }
  }

  private static List<JsonNode> rules() throws IOException {
    Map<?, ?> file =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES));
    List<JsonNode> rules = new ArrayList<>();
    JsonNode groups = new JsonMapper().valueToTree(file.get("groups"));
    groups.forEach(group -> group.path("rules").forEach(rules::add));
    assertTrue(rules.size() > 10, "read no rules");
    assertEquals(
        rules.size(),
        Stream.of(rules.toArray(JsonNode[]::new))
            .map(rule -> rule.path("alert").asText())
            .distinct()
            .count());
    return rules;
  }
}
