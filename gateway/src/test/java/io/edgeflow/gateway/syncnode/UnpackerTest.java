package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpackerTest {
  @TempDir private Path temp = Path.of("");

  @Test
  void unpacksFilesWithTheirRightToExecuteAndNoOther() throws Exception {
    Files.write(
        temp.resolve("a"), SignedBundles.tar(Map.of("bin/run.sh", "exit", "./lib/a.jar", "jar")));
    unpack(1000, 10);
    assertEquals("jar", Files.readString(temp.resolve("out/lib/a.jar")));
    assertTrue(Files.isExecutable(temp.resolve("out/bin/run.sh")));
    assertFalse(Files.isExecutable(temp.resolve("out/lib/a.jar")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "a/./b", "a\\b", "a\nb", "./../evil"})
  void refusesNamesThatLeadElsewhere(String name) throws Exception {
    try (var tar = archive()) {
      entry(tar, new TarArchiveEntry(name, true), "evil");
    }
    assertThrows(IOException.class, () -> unpack(1000, 10));
    assertFalse(Files.exists(temp.resolve("evil")));
  }

  @Test
  void refusesLinksDevicesAndASecondFileOfOneName() throws Exception {
    for (byte kind :
        new byte[] {
          TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR
        }) {
      try (var tar = archive()) {
        var entry = new TarArchiveEntry("a", kind);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      assertThrows(IOException.class, () -> unpack(1000, 10), () -> "kind " + kind);
      io.edgeflow.process.files.Folders.delete(temp.resolve("out"));
    }
    try (var tar = archive()) {
      entry(tar, new TarArchiveEntry("a"), "one");
      entry(tar, new TarArchiveEntry("a"), "two");
    }
    assertThrows(IOException.class, () -> unpack(1000, 10));
    assertEquals("one", Files.readString(temp.resolve("out/a")));
  }

  @Test
  void stopsAtWhatIsAllowed() throws Exception {
    Files.write(temp.resolve("a"), SignedBundles.tar(Map.of("big", "x".repeat(5000))));
    assertThrows(IOException.class, () -> unpack(4999, 10));
    io.edgeflow.process.files.Folders.delete(temp.resolve("out"));
    unpack(5000, 10);
    io.edgeflow.process.files.Folders.delete(temp.resolve("out"));
    Files.write(temp.resolve("a"), SignedBundles.tar(Map.of("a", "", "b", "", "c", "")));
    assertThrows(IOException.class, () -> unpack(5000, 2));
  }

  @Test
  void refusesWhatIsNoArchive() throws Exception {
    byte[] whole = SignedBundles.tar(Map.of("a", "content", "b", "more"));
    for (int length = 0; length < whole.length - 8; length += 5) {
      Files.write(temp.resolve("a"), java.util.Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> unpack(1000, 10), "cut at " + length);
      io.edgeflow.process.files.Folders.delete(temp.resolve("out"));
    }
  }

  private void unpack(long maxBytes, int maxFiles) throws IOException {
    new Unpacker(maxBytes, maxFiles).unpack(temp.resolve("a"), temp.resolve("out"));
  }

  private TarArchiveOutputStream archive() throws IOException {
    OutputStream file = Files.newOutputStream(temp.resolve("a"));
    return new TarArchiveOutputStream(new GZIPOutputStream(file));
  }

  private static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, String content)
      throws IOException {
    byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
