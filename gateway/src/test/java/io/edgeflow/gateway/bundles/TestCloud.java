package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves bundles with ranges over a line that breaks when it is told to, or lies. Each connection
 * has a thread of its own.
 */
public final class TestCloud implements AutoCloseable {
  private static final String API = "/api/v1/";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  /**
   * What was asked for.
   *
   * @param path behind {@code /api/v1/}
   * @param end behind the last byte; -1 for all
   */
  record Asked(String path, int from, int end, Map<String, String> headers) {
    boolean ranged() {
      return end >= 0;
    }
  }

  /** Answers in the place of the cloud; empty to let it answer. */
  @FunctionalInterface
  interface Liar {
    Optional<byte[]> answer(Asked asked, byte[] right);
  }

  /** What this side holds counts as sent: it should be little. */
  private static final int SEND_BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final CompletableFuture<Void> deaf = new CompletableFuture<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** All bytes, heads and answers that were cut off included. */
  final AtomicLong sentBytes = new AtomicLong();

  /** Of the bodies of answers to ranges. */
  final AtomicLong rangeBytes = new AtomicLong();

  volatile Liar liar = (_, _) -> Optional.empty();

  /** After so many bytes the line breaks, again and again. */
  volatile long dropEvery = Long.MAX_VALUE;

  public TestCloud() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  private static void start(String name, Runnable work) {
    Thread.ofVirtual().name(name).start(work);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  void serve(Published bundle) {
    bundle.files().forEach((name, bytes) -> serve(bundle.digest(), name, bytes));
    serve(bundle.digest(), "signatures.json", bundle.signatures());
  }

  public void serve(String digest, String file, byte[] bytes) {
    files.put("bundles/" + digest + "/" + file, bytes);
  }

  void keys(TestPublisher publisher) {
    keys(publisher.keys());
  }

  public void keys(byte[] chain) {
    files.put("keys", chain);
  }

  /** The line breaks once, after so many more bytes. */
  void dropAfter(long bytes) {
    left.set(bytes);
  }

  void dropEvery(long bytes) {
    dropEvery = bytes;
    left.set(bytes);
  }

  long askedFor(String part) {
    return asked.stream().filter(one -> one.path().contains(part)).count();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setSendBufferSize(SEND_BUFFER);
        sockets.add(socket);
        start("serve", () -> serve(socket));
      } catch (IOException closed) {
        break;
      }
    }
    deaf.complete(null);
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (Optional<Asked> next = read(in); next.isPresent(); next = read(in)) {
        asked.add(next.get());
        byte[] right = right(next.get());
        if (!send(out, liar.answer(next.get(), right).orElse(right), next.get())) {
          return;
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      // The other side has had enough.
    } finally {
      sockets.remove(socket);
    }
  }

  /** False when the line broke. */
  private boolean send(OutputStream out, byte[] bytes, Asked one) throws IOException {
    int at = 0;
    int head = one.ranged() ? bytes.length - (one.end() - one.from()) : bytes.length;
    while (at < bytes.length) {
      int count = (int) Math.min(16 * 1024, Math.min(bytes.length - at, left.get()));
      // Counted first: who has read the last byte looks at once.
      sentBytes.addAndGet(count);
      rangeBytes.addAndGet(Math.max(0, at + count - Math.max(head, at)));
      out.write(bytes, at, count);
      at += count;
      if (left.addAndGet(-count) == 0) {
        left.set(dropEvery);
        return false;
      }
    }
    out.flush();
    return true;
  }

  private byte[] right(Asked one) {
    byte[] file = files.get(one.path());
    if (file == null) {
      return answer("404 Not Found", "", new byte[0]);
    }
    if (!one.ranged()) {
      return answer("200 OK", "", file);
    }
    return answer(
        "206 Partial Content",
        "Content-Range: bytes %d-%d/%d\r\n".formatted(one.from(), one.end() - 1, file.length),
        Arrays.copyOfRange(file, one.from(), Math.min(file.length, one.end())));
  }

  /**
   * @param headers each ended by a line break
   */
  static byte[] answer(String status, String headers, byte[] body) {
    byte[] head =
        "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(status, headers, body.length)
            .getBytes(ISO_8859_1);
    return joined(head, body);
  }

  static byte[] joined(byte[] first, byte[] then) {
    byte[] all = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, all, first.length, then.length);
    return all;
  }

  private static Optional<Asked> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new ConcurrentHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String path = first.split(" ", 3)[1].substring(API.length());
    Matcher range = RANGE.matcher(headers.getOrDefault("range", ""));
    return Optional.of(
        range.matches()
            ? new Asked(
                path,
                Integer.parseInt(range.group(1)),
                Integer.parseInt(range.group(2)) + 1,
                headers)
            : new Asked(path, 0, -1, headers));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return new String(line.toString().getBytes(ISO_8859_1), UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    // Until its thread has noticed, a closed server may still take a connection.
    deaf.join();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
