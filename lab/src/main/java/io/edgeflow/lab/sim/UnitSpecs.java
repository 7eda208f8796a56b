package io.edgeflow.lab.sim;

import io.edgeflow.lab.slaves.UnitSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Units and what is the matter with them, on the command line. */
final class UnitSpecs implements ITypeConverter<UnitSpec> {
  @Override
  public UnitSpec convert(String text) {
    try {
      return UnitSpec.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException("'" + text + "': " + wrong.getMessage());
    }
  }
}
