package io.edgeflow.models.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.inference.bundle.BundleTrust.Signed;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudClient.Reply;
import io.edgeflow.process.cli.CloudRefused;
import io.edgeflow.process.trust.BundleFiles;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends a signed bundle to a cloud, piece by piece and only those that it has not. Where the line
 * breaks it goes on, and so does the next call. Holds one piece at a time. Blocks.
 */
public final class Upload {
  /** Looking whether the pieces of a large file make it takes the cloud a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final int PUBLISHED = 201;
  private static final int INCOMPLETE = 202;
  private static final int NOT_FOUND = 404;

  /** In a row, without a byte between. */
  private static final int TRIES = 7;

  private static final double MEBI = 1 << 20;

  private final CloudClient cloud;
  private final Path folder;
  private final Signed signed;
  private final Progress progress;
  private final long firstWaitMillis;
  private final Map<String, Place> pieces = new HashMap<>();
  private boolean heard;
  private int failures;
  private long sent;

  /**
   * @param firstWaitMillis before the first new try where the line broke; then twice as long
   */
  public Upload(
      CloudClient cloud, Path folder, Signed signed, Progress progress, long firstWaitMillis) {
    this.cloud = cloud;
    this.folder = folder;
    this.signed = signed;
    this.progress = progress;
    this.firstWaitMillis = firstWaitMillis;
    signed.statement().files().forEach(this::locate);
  }

  /**
   * @param isNew false if the cloud had it
   * @param sentBytes of pieces, those that had to be sent twice both times
   */
  public record Done(boolean isNew, long sentBytes) {}

  private record Place(String file, long offset, int length) {}

  private void locate(Statement.SignedFile file) {
    int size = signed.statement().chunkSize();
    for (int i = 0; i < file.chunks().size(); i++) {
      long offset = (long) i * size;
      int length = (int) Math.min(size, file.length() - offset);
      pieces.put(file.chunks().get(i), new Place(file.name(), offset, length));
    }
  }

  /**
   * @throws CloudRefused if the cloud does not take it
   * @throws IOException if there is no cloud, or none for a long time
   */
  public Done publish() throws IOException, InterruptedException {
    String path = "/api/v1/models/" + signed.statement().model() + "/versions";
    while (true) {
      Reply reply = send("POST", path, signed.text());
      if (reply.status() != INCOMPLETE) {
        return new Done(reply.status() == PUBLISHED, sent);
      }
      sendMissing(reply.body());
    }
  }

  private void sendMissing(JsonNode incomplete) throws IOException, InterruptedException {
    long left = incomplete.path("bytes").asLong();
    for (JsonNode named : incomplete.path("missing")) {
      String sha256 = named.asText();
      Place place = pieces.get(sha256);
      if (place == null) {
        throw new IOException("the cloud asks for a piece that nobody signed: " + sha256);
      }
      byte[] piece = read(sha256, place);
      try {
        send("PUT", "/api/v1/chunks/" + sha256, piece);
      } catch (CloudRefused refused) {
        if (refused.status() != NOT_FOUND) {
          throw refused;
        }
        return; // The upload was cleared away meanwhile, or somebody else has just finished it.
      }
      sent += piece.length;
      left -= piece.length;
      progress.told(
          String.format(Locale.ROOT, "%.1f MiB sent, %.1f MiB to go", sent / MEBI, left / MEBI));
    }
  }

  private byte[] read(String sha256, Place place) throws IOException {
    var piece = ByteBuffer.allocate(place.length());
    try (var file =
        FileChannel.open(
            folder.resolve(place.file()), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (piece.hasRemaining() && file.read(piece, place.offset() + piece.position()) >= 0) {
        // Until it is full, or the file is shorter than it was.
      }
    }
    if (!BundleFiles.sha256(piece.array()).equals(sha256)) {
      throw new IOException(place.file() + " has changed since it was signed");
    }
    return piece.array();
  }

  /** Waits where the cloud has much to do, and where the line broke that was there before. */
  private Reply send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    while (true) {
      try {
        Reply reply = cloud.send(method, path, body, PATIENCE);
        heard = true;
        failures = 0;
        return reply;
      } catch (CloudRefused refused) {
        throw refused;
      } catch (CloudBusyException busy) {
        again(busy);
        Thread.sleep(busy.retryAfter().toMillis());
      } catch (IOException broken) {
        if (!heard) {
          throw broken;
        }
        long wait = firstWaitMillis << failures;
        again(broken);
        progress.warned(broken.getMessage() + "; trying again");
        TimeUnit.MILLISECONDS.sleep(wait);
      }
    }
  }

  private void again(IOException why) throws IOException {
    failures++;
    if (failures >= TRIES) {
      throw why;
    }
  }
}
