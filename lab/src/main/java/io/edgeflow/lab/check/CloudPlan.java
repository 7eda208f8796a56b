package io.edgeflow.lab.check;

import io.edgeflow.cloud.config.CloudConfig;
import io.edgeflow.cloud.config.DatabaseConfig;
import io.edgeflow.cloud.config.DeployConfig;
import io.edgeflow.cloud.registry.RootKey;
import io.edgeflow.process.settings.Settings;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What a cloud process would find and do. */
final class CloudPlan {
  private static final String PATIENCE_SECONDS = "5";

  private CloudPlan() {}

  static Plan of(Settings<CloudConfig> settings, Probes probes) {
    CloudConfig config = settings.value();
    var findings = new ArrayList<Finding>();
    findings.add(probes.directory("dataDir", config.dataDir()));
    findings.add(probes.listener("mqtt", config.mqtt().host(), config.mqtt().port()));
    findings.add(probes.listener("http", config.http().host(), config.http().port()));
    config.mqtt().users().ifPresent(file -> findings.add(probes.users("mqtt.users", file)));
    config.http().users().ifPresent(file -> findings.add(probes.users("http.users", file)));
    config.database().url().ifPresent(url -> findings.add(database(url, config.database())));
    config.deploy().root().ifPresent(file -> findings.add(root(file)));
    config.deploy().signingKey().ifPresent(file -> findings.add(signingKey(file)));
    return new Plan("cloud", List.copyOf(findings), List.of(), would(config), settings.effective());
  }

  private static Finding root(Path file) {
    String what = "deploy.root " + file;
    try {
      return Finding.good(what, "the root " + RootKey.read(Optional.of(file)).orElseThrow().id());
    } catch (IOException faulty) {
      return Finding.bad(what, String.valueOf(faulty.getMessage()));
    }
  }

  private static Finding signingKey(Path file) {
    String what = "deploy.signingKey " + file;
    try {
      SigningKey key = SigningKey.parse(Files.readString(file));
      return Finding.good(what, "the key " + key.verifying().id());
    } catch (IOException | IllegalArgumentException faulty) {
      return Finding.bad(what, String.valueOf(faulty.getMessage()));
    }
  }

  private static String deploys(DeployConfig deploy) {
    return deploy.root().isEmpty()
        ? "publish no models: deploy.root names no root.pub"
        : deploy.signingKey().isEmpty()
            ? "publish models, and roll out none: deploy.signingKey names no controller's key"
            : "publish models and roll them out to the edges of " + deploy.audience();
  }

  private static Finding database(String url, DatabaseConfig config) {
    String what = "database " + url;
    var properties = new Properties();
    properties.setProperty("loginTimeout", PATIENCE_SECONDS);
    properties.setProperty("connectTimeout", PATIENCE_SECONDS);
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.password().ifPresent(secret -> properties.setProperty("password", secret.reveal()));
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      var server = connection.getMetaData();
      return Finding.good(
          what, server.getDatabaseProductName() + " " + server.getDatabaseProductVersion());
    } catch (SQLException refused) {
      return Finding.bad(what, String.valueOf(refused.getMessage()));
    }
  }

  private static List<String> would(CloudConfig config) {
    String store =
        config.database().url().isPresent()
            ? "store windows in the database"
            : "run a PostgreSQL of its own in dataDir and store windows there";
    return List.of(
        "take frames of edges on %s:%d".formatted(config.mqtt().host(), config.mqtt().port()),
        store,
        deploys(config.deploy()),
        "serve the dashboard on http://%s:%d/"
            .formatted(config.http().host(), config.http().port()));
  }
}
