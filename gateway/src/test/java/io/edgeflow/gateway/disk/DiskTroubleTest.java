package io.edgeflow.gateway.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskTroubleTest {
  @ParameterizedTest
  @CsvSource({
    "No space left on device, NO_SPACE",
    "Disk quota exceeded, NO_SPACE",
    "There is not enough space on the disk, NO_SPACE",
    "Read-only file system, READ_ONLY",
    "Input/output error, IO_ERROR",
    "Structure needs cleaning, IO_ERROR",
    "Stale file handle, IO_ERROR",
    "Transport endpoint is not connected, IO_ERROR",
  })
  void isToldByTheWordsOfTheSystem(String message, DiskTrouble trouble) {
    assertEquals(Optional.of(trouble), DiskTrouble.of(new IOException(message)));
    var ofFile = new FileSystemException("/data/journal/edge", null, message);
    assertEquals(Optional.of(trouble), DiskTrouble.of(ofFile));
    var behind = new IllegalStateException("cannot", new UncheckedIOException(ofFile));
    assertEquals(Optional.of(trouble), DiskTrouble.of(behind));
  }

  @Test
  void knowsAReadOnlyFileSystemByItsException() {
    assertEquals(
        Optional.of(DiskTrouble.READ_ONLY), DiskTrouble.of(new ReadOnlyFileSystemException()));
  }

  /** Waiting would mend none of these. */
  @Test
  void isNoneForWhatAPersonMustMendFirst() {
    assertEquals(Optional.empty(), DiskTrouble.of(new AccessDeniedException("/data")));
    assertEquals(Optional.empty(), DiskTrouble.of(new DirectoryInUse(null, "process 7")));
    assertEquals(
        Optional.empty(), DiskTrouble.of(new FileSystemException("/d", null, "Not a directory")));
    assertEquals(Optional.empty(), DiskTrouble.of(new IllegalStateException()));
  }

  /** Not what we think that the system says, but what it says. */
  @Test
  void readsWhatAFullDeviceReallySays() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "no /dev/full here");
    try (FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE)) {
      var refusal = assertThrows(IOException.class, () -> device.write(ByteBuffer.allocate(1)));
      assertEquals(Optional.of(DiskTrouble.NO_SPACE), DiskTrouble.of(refusal));
    }
  }
}
