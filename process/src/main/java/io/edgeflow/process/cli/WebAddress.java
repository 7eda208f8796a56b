package io.edgeflow.process.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a page on the command line: http or https, and a host. */
public final class WebAddress implements ITypeConverter<URI> {
  @Override
  public URI convert(String text) {
    try {
      URI address = new URI(text);
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        return address;
      }
    } catch (URISyntaxException broken) {
      // Refused below, in the same words as what is an address of something else.
    }
    throw new TypeConversionException(
        "'" + text + "' is no address such as http://127.0.0.1:8080 or https://plant.example");
  }
}
