package io.edgeflow.lab.check;

import io.edgeflow.gateway.config.BufferConfig;
import io.edgeflow.gateway.config.VolumeFit;
import io.edgeflow.gateway.source.SourceSettings;
import io.edgeflow.gateway.source.client.SourceTrial;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.Users;
import io.edgeflow.process.settings.ByteSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Looks without touching: nothing that it tries is changed or left behind. */
final class Probes {
  private final int patienceMillis;

  /**
   * @param patience for each connection
   */
  Probes(Duration patience) {
    this.patienceMillis = Math.toIntExact(patience.toMillis());
  }

  /** Whether a listener could be bound there. */
  Finding listener(String key, String host, int port) {
    String what = key + " " + host + ":" + port;
    if (port == 0) {
      return Finding.good(what, "takes a free port");
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Finding.good(what, "free");
    } catch (IOException | IllegalArgumentException taken) {
      return Finding.bad(
          what, taken.getMessage() + "; does it run already? else set another " + key + ".port");
    }
  }

  Finding users(String key, Path file) {
    String what = key + " " + file;
    try {
      Users.read(file);
      return Finding.good(what, "readable");
    } catch (BrokerStartException wrong) {
      return Finding.bad(what, String.valueOf(wrong.getMessage()));
    }
  }

  /** Whether files could be written there; what is missing is not made. */
  Finding directory(String key, Path directory) {
    String what = key + " " + directory;
    Path there = nearest(directory);
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      return Finding.bad(what, (there == null ? directory : there) + " is no writable folder");
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String room = size(free) + " free";
      return Finding.good(what, there.equals(directory) ? room : room + "; would be made");
    } catch (IOException unreadable) {
      return Finding.bad(what, String.valueOf(unreadable.getMessage()));
    }
  }

  /** A buffer on the volume that has or would have its directory; without one, on any. */
  VolumeFit fit(BufferConfig buffer, Path directory) {
    Path there = nearest(directory);
    try {
      return there == null ? anywhere(buffer) : VolumeFit.of(buffer, there);
    } catch (IOException unreadable) {
      return anywhere(buffer);
    }
  }

  private static VolumeFit anywhere(BufferConfig buffer) {
    return new VolumeFit(buffer, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The directory, or what there is of the way to it. */
  private static @Nullable Path nearest(Path directory) {
    Path there = directory;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  /** Whether somebody answers there; with TLS, whether it proves who it is. */
  Finding reachable(String key, String host, int port, boolean tls, String otherwise) {
    String what = key + " " + host + ":" + port;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), patienceMillis);
      socket.setSoTimeout(patienceMillis);
      return tls ? handshake(what, socket, host, port) : Finding.good(what, "answers");
    } catch (IOException unreachable) {
      return Finding.bad(what, unreachable.getMessage() + "; " + otherwise);
    }
  }

  Finding reachable(String key, URI address, String otherwise) {
    boolean tls = address.getScheme().equals("ssl");
    return reachable(key, address.getHost(), address.getPort(), tls, otherwise);
  }

  private static Finding handshake(String what, Socket plain, String host, int port)
      throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (var socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return Finding.good(what, "answers by " + socket.getSession().getProtocol());
    }
  }

  /** Whether another broker would let this source in. */
  Finding source(SourceSettings source) {
    String what = "source " + source.name() + " " + source.url();
    SourceTrial.Result result = SourceTrial.of(source, Duration.ofMillis(patienceMillis));
    return result.ok()
        ? Finding.good(what, result.detail())
        : Finding.bad(what, result.detail() + "; the gateway would start and try again");
  }

  static String size(long bytes) {
    long mebibytes = bytes >> 20;
    return mebibytes >= 10_240
        ? (mebibytes >> 10) + " GiB"
        : mebibytes > 0 ? mebibytes + " MiB" : new ByteSize(bytes).toString();
  }
}
