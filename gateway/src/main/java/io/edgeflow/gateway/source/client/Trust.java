package io.edgeflow.gateway.source.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who may vouch for a broker over TLS. */
final class Trust {
  private Trust() {}

  /**
   * Reads the file anew each time: certificates are replaced while a gateway runs.
   *
   * @param ca certificates in PEM, which are trusted instead of the machine's
   * @throws IOException with the reason for a person
   */
  static SSLContext in(Optional<Path> ca) throws IOException {
    try {
      return ca.isPresent() ? in(ca.get()) : SSLContext.getDefault();
    } catch (NoSuchFileException missing) {
      throw new IOException("ca: there is no file " + ca.get());
    } catch (GeneralSecurityException faulty) {
      throw new IOException("ca: no certificates in " + ca.get() + ": " + faulty.getMessage());
    }
  }

  private static SSLContext in(Path ca) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(ca)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), one);
      }
    }
    if (trusted.size() == 0) {
      throw new IOException("ca: no certificates in " + ca);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
