package io.edgeflow.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * ONNX Runtime unpacks its libraries, 28 MB, at each start into a temporary folder, and a killed
 * process leaves them there. Unpacked once into a folder that stays, they cost neither flash nor
 * the memory that a temporary folder may be.
 */
public final class NativeLibraries {
  private static final String PROPERTY = "onnxruntime.native.path";
  private static final String IN_JAR = "ai/onnxruntime/native/";

  private NativeLibraries() {}

  /**
   * Loads none of them. Does nothing where they come from another place already, or from no jar.
   */
  public static void unpackTo(Path folder) throws IOException {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    Path archive = archive();
    if (!Files.isRegularFile(archive)) {
      return;
    }
    try (var jar = new JarFile(archive.toFile())) {
      List<JarEntry> libraries = libraries(jar);
      if (libraries.isEmpty()) {
        return;
      }
      Path target = Files.createDirectories(folder.toAbsolutePath().resolve(key(libraries)));
      for (JarEntry library : libraries) {
        unpack(jar, library, target.resolve(name(library)));
      }
      System.setProperty(PROPERTY, target.toString());
    }
  }

  private static Path archive() throws IOException {
    try {
      return Path.of(
          OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("where ONNX Runtime's classes come from is no path", e);
    }
  }

  private static List<JarEntry> libraries(JarFile jar) {
    String prefix = IN_JAR + platform() + "/";
    return jar.stream()
        .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
        .filter(entry -> entry.getName().indexOf('/', prefix.length()) < 0)
        .toList();
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String family = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return family + (System.getProperty("os.arch").equals("aarch64") ? "-aarch64" : "-x64");
  }

  /** Another version has other libraries, and gets another folder. */
  private static String key(List<JarEntry> libraries) {
    long key = 0;
    for (JarEntry library : libraries) {
      key = key * 31 + library.getCrc();
    }
    return "onnxruntime-%016x".formatted(key);
  }

  private static String name(JarEntry library) {
    return library.getName().substring(library.getName().lastIndexOf('/') + 1);
  }

  private static void unpack(JarFile jar, JarEntry library, Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == library.getSize()) {
      return;
    }
    Path part = Files.createTempFile(file.getParent(), name(library), ".tmp");
    try (InputStream in = jar.getInputStream(library)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    // Synced before it gets its name: what has the name and the length is whole.
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
