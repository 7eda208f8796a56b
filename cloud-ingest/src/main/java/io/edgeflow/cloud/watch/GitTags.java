package io.edgeflow.cloud.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The tags of a Git repository, as {@code git ls-remote} lists them: every protocol that Git knows,
 * without a copy of the repository. No shell reads what is configured, and nothing asks a person.
 */
final class GitTags implements TagSource {
  private static final int MOST_BYTES = 4 << 20;
  private static final String PREFIX = "refs/tags/";
  private static final int SHOWN = 300;

  private final List<String> command;
  private final Map<String, String> login;
  private final Duration patience;

  /**
   * @param login {@code user:password}; empty for none
   */
  GitTags(String url, Optional<String> login, Duration patience) {
    this.command =
        List.of(
            "git", "-c", "protocol.ext.allow=never", "ls-remote", "--tags", "--refs", "--", url);
    this.login = login.map(GitTags::header).orElse(Map.of());
    this.patience = patience;
  }

  /** In the environment: a command line is everybody's to read. */
  private static Map<String, String> header(String pair) {
    return Map.of(
        "GIT_CONFIG_COUNT",
        "1",
        "GIT_CONFIG_KEY_0",
        "http.extraHeader",
        "GIT_CONFIG_VALUE_0",
        "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  @Override
  public List<String> tags() throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
    builder.environment().putAll(login);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
    Process git = builder.start();
    CompletableFuture<byte[]> told = readable(git.getInputStream(), MOST_BYTES + 1);
    CompletableFuture<byte[]> complaint = readable(git.getErrorStream(), SHOWN);
    try {
      if (!git.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("git does not answer within " + patience.toSeconds() + " s");
      }
      byte[] bytes = told.join();
      if (bytes.length > MOST_BYTES) {
        throw new IOException("the repository has more tags than are read");
      }
      if (git.exitValue() != 0) {
        throw new IOException("git: " + new String(complaint.join(), UTF_8).strip());
      }
      return parse(new String(bytes, UTF_8));
    } finally {
      git.descendants().forEach(ProcessHandle::destroyForcibly);
      git.destroyForcibly();
    }
  }

  @Override
  public Optional<String> image(String tag) {
    return Optional.empty();
  }

  private static List<String> parse(String text) {
    return text.lines()
        .map(line -> line.substring(line.indexOf('\t') + 1))
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .limit(MOST_TAGS)
        .toList();
  }

  /** What comes after is thrown away: a full pipe would hold the command up. */
  private static CompletableFuture<byte[]> readable(InputStream in, int most) {
    var kept = new CompletableFuture<byte[]>();
    Thread.ofVirtual()
        .name("git-output")
        .start(
            () -> {
              byte[] bytes = new byte[0];
              try (in) {
                bytes = in.readNBytes(most);
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException ended) {
                // What was read counts.
              }
              kept.complete(bytes);
            });
    return kept;
  }
}
