package io.edgeflow.process.trust;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.process.application.ApplicationManifest;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the manifest of any bundle says of it. Whether the rest of a model's manifest is in order is
 * for those to say who can run models.
 *
 * @param isApplication else it is a model
 */
public record ManifestHead(boolean isApplication, String name, String version) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]{1,32}");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public ManifestHead {
    check(name, version);
  }

  /**
   * Reads the manifest of a model leniently, that of an application wholly. A stranger may have
   * written it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ManifestHead parse(byte[] json) {
    JsonNode manifest = tree(json);
    String kind = manifest.path("kind").asText();
    if (kind.equals(ApplicationManifest.KIND)) {
      ApplicationManifest application = application(json);
      return new ManifestHead(true, application.name(), application.version());
    }
    if (!kind.isEmpty()) {
      throw new IllegalArgumentException(
          "kind must be " + ApplicationManifest.KIND + "; the manifest of a model has none");
    }
    return new ManifestHead(
        false, manifest.path("name").asText(), manifest.path("version").asText());
  }

  /** Whether a manifest means to be that of a program, in order or not. */
  public static boolean saysApplication(byte[] json) {
    try {
      return tree(json).path("kind").asText().equals(ApplicationManifest.KIND);
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }

  private static ApplicationManifest application(byte[] json) {
    return switch (ApplicationManifest.read(json)) {
      case Document.Good<ApplicationManifest>(ApplicationManifest manifest) -> manifest;
      case Document.Faulty<ApplicationManifest>(List<Fault> faults) ->
          throw new IllegalArgumentException(faults.getFirst().toString());
    };
  }

  private static JsonNode tree(byte[] json) {
    if (json.length > BundleFiles.MAX_MANIFEST) {
      throw new IllegalArgumentException("the manifest is too long");
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (IOException broken) {
      throw new IllegalArgumentException("the manifest must be JSON", broken);
    }
    throw new IllegalArgumentException("the manifest must be an object");
  }

  private static void check(String name, String version) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must be 1 to 64 of a-z 0-9 _ -");
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException("version must be 1 to 32 of letters, digits and .+_-");
    }
  }
}
