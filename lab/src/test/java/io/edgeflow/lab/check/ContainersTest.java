package io.edgeflow.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.process.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be held against the files of {@code docker} without an engine that runs containers. */
final class ContainersTest {
  private static final Path HOME =
      Path.of(System.getProperty("edgeflow.home", "..")).toAbsolutePath().normalize();
  private static final Path DOCKER = HOME.resolve("docker");
  private static final Pattern TARGET = Pattern.compile("FROM \\S+ AS (\\w+)");
  private static final Pattern SECRET = Pattern.compile("/secrets/([a-z0-9.-]+)");

  @TempDir Path secrets;

  @Test
  void everyServiceIsBuiltOfATargetThereIs() throws IOException {
    Set<String> targets =
        TARGET
            .matcher(Files.readString(DOCKER.resolve("Dockerfile")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertTrue(targets.containsAll(Set.of("gateway", "inference", "cloud", "lab")), "" + targets);
    Set<String> asked = new TreeSet<>(services().findValuesAsText("target"));
    assertEquals(Set.of("cloud", "gateway", "lab"), asked);
    assertTrue(targets.containsAll(asked), "" + asked);
  }

  @Test
  void theSettingsOfCloudAndGatewayAreSettings() throws Exception {
    CloudConfig cloud = load(CloudConfig.class, "cloud");
    assertEquals(Optional.of("jdbc:postgresql://database:5432/edgeflow"), cloud.database().url());
    assertTrue(cloud.kafka().isConfigured());
    GatewayConfig gateway = load(GatewayConfig.class, "gateway");
    assertEquals("tcp://cloud:1884", gateway.uplink().url().toString());
  }

  @Test
  void everySecretThatIsReadIsMade() throws IOException {
    String made = Files.readString(DOCKER.resolve("secrets.sh"));
    Set<String> read = new TreeSet<>();
    for (String file : List.of("compose.yaml", "prometheus.yaml", "reader.sh")) {
      SECRET
          .matcher(Files.readString(DOCKER.resolve(file)))
          .results()
          .forEach(found -> read.add(found.group(1)));
    }
    assertTrue(read.size() >= 6, "found only " + read);
    for (String secret : read) {
      assertTrue(made.matches("(?s).*\\b" + Pattern.quote(secret) + "\\b.*"), secret);
    }
  }

  @Test
  void everyFileThatIsMountedIsThere() throws IOException {
    int mounted = 0;
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String from = volume.asText().split(":", 2)[0];
        if (from.startsWith(".")) {
          assertTrue(Files.exists(DOCKER.resolve(from)), from);
          mounted++;
        }
      }
    }
    assertTrue(mounted >= 6, "only " + mounted);
  }

  @Test
  void nothingListensBeyondThisMachine() throws IOException {
    for (JsonNode service : services()) {
      service.path("ports").forEach(p -> assertTrue(p.asText().startsWith("127.0.0.1:"), "" + p));
    }
  }

  @Test
  void prometheusLoadsTheRulesThatAreMounted() throws IOException {
    JsonNode prometheus = yaml("prometheus.yaml");
    assertEquals("edgeflow.rules.yaml", prometheus.path("rule_files").path(0).asText());
    assertTrue(
        services().path("prometheus").path("volumes").toString().contains("edgeflow.rules.yaml"));
  }

  @Test
  void theScriptsAreShell() throws Exception {
    for (String script : List.of("lay-out", "answers", "secrets.sh", "reader.sh")) {
      Path file = DOCKER.resolve(script);
      assertTrue(Files.isExecutable(file), script);
      Process bash = new ProcessBuilder("bash", "-n", file.toString()).inheritIO().start();
      assertTrue(bash.waitFor(30, TimeUnit.SECONDS), script);
      assertEquals(0, bash.exitValue(), script);
    }
  }

  private <T extends Record> T load(Class<T> type, String service) throws Exception {
    Map<String, String> environment = new HashMap<>();
    var fields = services().path(service).path("environment").properties();
    for (Map.Entry<String, JsonNode> variable : fields) {
      environment.put(
          variable.getKey(), variable.getValue().asText().replace("/secrets", secrets.toString()));
    }
    for (String secret : List.of("database", "pi-7")) {
      Files.writeString(secrets.resolve(secret), "secret");
    }
    assertTrue(environment.size() > 5, service);
    return new SettingsLoader(environment, HOME).load(type, Optional.empty(), List.of()).value();
  }

  private static JsonNode services() throws IOException {
    return yaml("compose.yaml").path("services");
  }

  private static JsonNode yaml(String file) throws IOException {
    Object tree =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(DOCKER.resolve(file)));
    return new JsonMapper().valueToTree(tree);
  }
}
