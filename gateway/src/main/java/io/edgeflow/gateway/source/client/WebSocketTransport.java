package io.edgeflow.gateway.source.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * MQTT over a WebSocket, by the JDK's client. The next message of the socket is asked for when the
 * last one has been read, so that who does not read holds up the sender.
 */
final class WebSocketTransport implements Transport {
  private final URI url;
  private final Optional<Path> ca;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Duration patience = Duration.ofSeconds(10);
  private volatile @Nullable HttpClient http;
  private volatile @Nullable WebSocket socket;

  /**
   * What came.
   *
   * @param end why nothing comes any more; empty: something did
   */
  private record Piece(ByteBuffer bytes, String end) {}

  /**
   * @param ca as for {@link Trust#in}
   */
  WebSocketTransport(URI url, Optional<Path> ca) {
    this.url = url;
    this.ca = ca;
  }

  @Override
  public void connect(Duration timeout) throws IOException {
    patience = timeout;
    HttpClient client = HttpClient.newBuilder().sslContext(Trust.in(ca)).build();
    http = client;
    socket =
        await(
            client
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .connectTimeout(timeout)
                .buildAsync(url, new Ear()),
            timeout);
  }

  private static <T> T await(CompletableFuture<T> future, Duration timeout) throws IOException {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(Words.of(failed), failed);
    } catch (TimeoutException late) {
      throw new SocketTimeoutException("no answer in " + timeout.toMillis() + " ms");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  @Override
  public void readTimeout(Duration timeout) {
    patience = timeout;
  }

  private WebSocket open() throws IOException {
    WebSocket open = socket;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  @Override
  public InputStream in() {
    return new In();
  }

  @Override
  public OutputStream out() {
    return new Out();
  }

  @Override
  public void endOutput() throws IOException {
    var _ = await(open().sendClose(WebSocket.NORMAL_CLOSURE, ""), patience);
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    pieces.add(new Piece(ByteBuffer.allocate(0), "closed"));
    HttpClient client = http;
    if (client != null) {
      client.shutdownNow();
    }
  }

  private final class Ear implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
      pieces.add(new Piece(copy, ""));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      pieces.add(new Piece(ByteBuffer.allocate(0), "closed by the broker, " + code + " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      pieces.add(new Piece(ByteBuffer.allocate(0), Words.of(error)));
    }
  }

  /** The first message was asked for when the socket opened. */
  private final class In extends InputStream {
    private ByteBuffer current = ByteBuffer.allocate(0);

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (!current.hasRemaining()) {
        Piece next = next();
        if (!next.end().isEmpty()) {
          pieces.add(next);
          throw new IOException(next.end());
        }
        current = next.bytes();
        open().request(1);
      }
      int count = Math.min(length, current.remaining());
      current.get(into, offset, count);
      return count;
    }

    private Piece next() throws IOException {
      try {
        Piece next = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
          throw new SocketTimeoutException("nothing came in " + patience.toMillis() + " ms");
        }
        return next;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      }
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      var _ = await(open().sendBinary(ByteBuffer.wrap(copy), true), patience);
    }
  }
}
