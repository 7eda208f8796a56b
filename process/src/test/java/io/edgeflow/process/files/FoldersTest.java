package io.edgeflow.process.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
  @TempDir private Path temp;

  @Test
  void deletesAllThatIsInAFolderAndNothingBehindItsLinks() throws IOException {
    Path other = Files.createDirectories(temp.resolve("other"));
    Files.writeString(other.resolve("stays"), "");
    Path folder = Files.createDirectories(temp.resolve("folder/a/b"));
    Files.writeString(folder.resolve("file"), "");
    Files.createSymbolicLink(folder.resolve("link"), other);

    Folders.delete(temp.resolve("folder"));

    assertFalse(Files.exists(temp.resolve("folder")));
    assertTrue(Files.exists(other.resolve("stays")));
    Folders.delete(temp.resolve("folder"));
    assertEquals(List.of(), Folders.files(temp.resolve("folder")));
  }

  @Test
  void listsAFolderBeforeWhatIsInIt() throws IOException {
    Path inner = Files.createDirectories(temp.resolve("a"));
    Path file = Files.writeString(inner.resolve("file"), "");
    assertEquals(List.of(temp, inner, file), Folders.files(temp));
  }
}
