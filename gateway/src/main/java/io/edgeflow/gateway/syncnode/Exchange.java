package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.settings.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that service and gateway share. The gateway may write what it likes there, links too:
 * none is followed, so that nobody leads an administrator's pen to another file. One thread.
 */
final class Exchange {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final String KEYS = "keys.json";
  private static final Path PART = Path.of(Report.FILE + ".tmp");
  private static final int MAX_KEYS = 1 << 20;

  private final Path folder;
  private byte @Nullable [] lastFaulty;

  Exchange(Path folder) {
    this.folder = folder;
  }

  /** Empty if there is none, or none that can be read; that is said once. */
  Optional<Request> request() {
    Optional<byte[]> found = read(Request.FILE, Request.MAX_BYTES);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return switch (Request.read(found.get())) {
      case Document.Good<Request>(Request request) -> Optional.of(request);
      case Document.Faulty<Request> faulty -> {
        if (!Arrays.equals(lastFaulty, found.get())) {
          lastFaulty = found.get();
          log.warn("{} is no request: {}", Request.FILE, faulty.faults().getFirst());
        }
        yield Optional.empty();
      }
    };
  }

  /** The chain of key documents that the gateway has. */
  Optional<byte[]> keys() {
    return read(KEYS, MAX_KEYS);
  }

  private Optional<byte[]> read(String name, int most) {
    try {
      return Optional.of(PlainFiles.read(folder.resolve(name), most));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      log.debug("{} cannot be read", name, unreadable);
      return Optional.empty();
    }
  }

  /**
   * Writes the report if it is not there already. Nothing if the gateway has made no folder yet.
   */
  void tell(Report report) throws IOException {
    byte[] text = report.text().getBytes(UTF_8);
    Optional<byte[]> there = read(Report.FILE, Report.MAX_BYTES);
    if ((there.isPresent() && Arrays.equals(there.get(), text))
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        replace(secure, text);
      } else {
        throw new IOException("this system cannot write to " + folder + " safely");
      }
    }
  }

  /** Within the folder as it was opened, whatever is moved or linked meanwhile. */
  private static void replace(SecureDirectoryStream<Path> secure, byte[] text) throws IOException {
    try {
      secure.deleteFile(PART);
    } catch (NoSuchFileException none) {
      // As it should be.
    }
    try (SeekableByteChannel out =
        secure.newByteChannel(
            PART,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      if (out instanceof FileChannel file) {
        file.force(true);
      }
    }
    secure.move(PART, secure, Path.of(Report.FILE));
  }
}
