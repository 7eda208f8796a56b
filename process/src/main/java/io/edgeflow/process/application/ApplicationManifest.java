package io.edgeflow.process.application;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Key;
import io.edgeflow.process.settings.Range;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code manifest.json} of a bundle that holds a version of a program. Either an image, which
 * is pulled unless its archive is in the bundle, or a package in the bundle.
 *
 * @param kind {@value #KIND}, by which it is told from the manifest of a model
 * @param name of the program: the slot of edges that takes it
 * @param version what the program says of itself when it runs
 * @param image a reference with its digest, {@code registry.example.com/edgeflow@sha256:…}; with an
 *     archive the image's id, {@code sha256:…}, because archives carry no digests of registries
 * @param file a plain name: {@code .tar.gz} and {@code .tgz} are unpacked, a {@code .deb} is
 *     installed, {@code .tar} is the archive of the image
 */
public record ApplicationManifest(
    @Range(min = "1", max = "1") int schema,
    String kind,
    String name,
    String version,
    Optional<String> image,
    @Key("package") Optional<String> file) {
  public static final String FILE = "manifest.json";
  public static final String KIND = "application";
  public static final int SCHEMA = 1;
  public static final int MAX_BYTES = 256 << 10;

  /** Files that may be in such a bundle beside the manifest and the package. */
  public static final Set<String> ALLOWED = Set.of("signatures.json", "README.md", "LICENSE");

  private static final int MAX_VALUES = 100;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]{1,32}");
  private static final Pattern IMAGE =
      Pattern.compile("[a-z0-9][a-z0-9._/:-]{0,180}@sha256:[0-9a-f]{64}");
  private static final Pattern IMAGE_ID = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern PACKAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*\\.(tar\\.gz|tgz|deb)");
  private static final Pattern ARCHIVE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*\\.tar");
  private static final int LONGEST_NAME = 64;

  public ApplicationManifest {
    Pattern form = image.isPresent() ? ARCHIVE : PACKAGE;
    Pattern naming = file.isPresent() ? IMAGE_ID : IMAGE;
    new Check()
        .that(kind.equals(KIND), "kind", "must be " + KIND)
        .that(NAME.matcher(name).matches(), "name", "must be 1 to 64 of a-z 0-9 _ -")
        .that(
            VERSION.matcher(version).matches(),
            "version",
            "must be 1 to 32 letters, digits or any of . + _ -")
        .that(image.isPresent() || file.isPresent(), "", "needs an image or a package")
        .that(
            image.isEmpty() || naming.matcher(image.get()).matches(),
            "image",
            file.isPresent()
                ? "must be the id of an image, sha256:..., where its archive is in the bundle"
                : "must name its digest: registry.example.com/name@sha256:...")
        .that(
            file.isEmpty()
                || (file.get().length() <= LONGEST_NAME && form.matcher(file.get()).matches()),
            "package",
            image.isPresent()
                ? "must be the plain name of an archive, NAME.tar"
                : "must be a plain name that ends in .tar.gz, .tgz or .deb")
        .orRefuse();
  }

  /** Never throws, whatever the bytes. */
  public static Document<ApplicationManifest> read(byte[] json) {
    return Documents.read(ApplicationManifest.class, json, FILE, MAX_VALUES);
  }

  /** The text that reads as this manifest. */
  public String text() {
    return Documents.write(this);
  }
}
