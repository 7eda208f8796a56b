import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks or applies the one format: {@code Format check|apply DIRECTORY}. The build runs it. */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    List<String> complaints =
        sources(root).parallelStream()
            .flatMap(file -> complaint(file, apply).stream().map(c -> root.relativize(file) + c))
            .sorted()
            .toList();
    complaints.forEach(System.err::println);
    if (!complaints.isEmpty()) {
      System.err.println("Format all of them with: mvn -q -N -Pformat validate");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
            return SKIPPED.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static List<String> complaint(Path file, boolean apply) {
    try {
      String is = Files.readString(file);
      String shouldBe = new Formatter().formatSourceAndFixImports(is);
      if (is.equals(shouldBe)) {
        return List.of();
      }
      if (apply) {
        Files.writeString(file, shouldBe);
        return List.of();
      }
      return List.of(": not formatted");
    } catch (Exception unreadable) {
      return List.of(": " + unreadable.getMessage());
    }
  }
}
