package io.edgeflow.lab.sim;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a broker on the command line: tcp, a host and a port. */
public final class BrokerAddress implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      URI address = new URI(text);
      if ("tcp".equals(address.getScheme()) && address.getHost() != null && address.getPort() > 0) {
        return address;
      }
    } catch (URISyntaxException broken) {
      // Refused below, in the same words.
    }
    throw new TypeConversionException(
        "'" + text + "' is no address of a broker such as tcp://127.0.0.1:1883");
  }
}
