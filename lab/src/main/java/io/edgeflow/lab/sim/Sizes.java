package io.edgeflow.lab.sim;

import io.edgeflow.process.settings.ByteSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes on the command line, written as in configuration files: 64KiB, 8MiB, 1GiB. */
public final class Sizes implements ITypeConverter<ByteSize> {
  @Override
  public ByteSize convert(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException("'" + text + "' " + wrong.getMessage());
    }
  }
}
