package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.process.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Where an export goes. Blocks; not thread-safe. */
sealed interface ExportTarget extends AutoCloseable {
  /**
   * How far an export got.
   *
   * @param question what is asked for, with absolute times
   * @param after where the next page begins; empty before the first
   */
  record Progress(String question, String after, long rows) {}

  /** What a run before this one left, if it was asked the same. */
  Optional<Progress> left(String asked) throws IOException;

  /** Adds a page. */
  void add(String text, Progress progress) throws IOException;

  /** Adds the last page. */
  void finish(String text) throws IOException;

  /** That was all. */
  void complete() throws IOException;

  @Override
  void close() throws IOException;

  /** Standard output: a broken one begins anew. */
  record Screen(PrintWriter out) implements ExportTarget {
    @Override
    public Optional<Progress> left(String asked) {
      return Optional.empty();
    }

    @Override
    public void add(String text, Progress progress) throws IOException {
      finish(text);
    }

    @Override
    public void finish(String text) throws IOException {
      out.print(text);
      if (out.checkError()) { // Whoever reads has had enough.
        throw new IOException("nobody reads what is written");
      }
    }

    @Override
    public void complete() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  /**
   * A file under another name until it is whole. Beside it lies how far it got: after a break it is
   * cut there and goes on.
   */
  final class PartFile implements ExportTarget {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Path part;
    private final Path state;
    private final FileChannel channel;
    private String asked = "";

    PartFile(Path file) throws IOException {
      this.file = file;
      this.part = file.resolveSibling(file.getFileName() + ".part");
      this.state = file.resolveSibling(file.getFileName() + ".part.json");
      this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public Optional<Progress> left(String question) throws IOException {
      asked = question;
      Optional<JsonNode> found = read();
      if (found.isPresent() && found.get().path("asked").asText().equals(question)) {
        JsonNode node = found.get();
        long bytes = node.path("bytes").asLong();
        if (channel.size() >= bytes) {
          channel.truncate(bytes).position(bytes);
          return Optional.of(
              new Progress(
                  node.path("question").asText(),
                  node.path("after").asText(),
                  node.path("rows").asLong()));
        }
      }
      channel.truncate(0);
      return Optional.empty();
    }

    private Optional<JsonNode> read() throws IOException {
      if (!Files.exists(state)) {
        return Optional.empty();
      }
      return Optional.of(JSON.readTree(Files.readAllBytes(state)));
    }

    @Override
    public void add(String text, Progress progress) throws IOException {
      finish(text);
      channel.force(false);
      Path next = state.resolveSibling(state.getFileName() + ".tmp");
      Files.write(
          next,
          Json.bytes(
              Map.of(
                  "asked", asked,
                  "question", progress.question(),
                  "after", progress.after(),
                  "rows", progress.rows(),
                  "bytes", channel.position())));
      Files.move(next, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void finish(String text) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void complete() throws IOException {
      channel.force(true);
      channel.close();
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(state);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
