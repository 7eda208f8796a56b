package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.Optional;

/**
 * The same model in a form that suits certain machines.
 *
 * @param os absent: any, like the others
 * @param file in the bundle, beside {@code model.onnx}
 * @param toleranceFactor by how much more than the golden vectors allow its scores may deviate
 */
public record Variant(
    Optional<Machine.Os> os,
    Optional<Machine.Arch> arch,
    Optional<Machine.Provider> provider,
    String file,
    @Default("1") @Range(min = "1", max = "1000") double toleranceFactor) {
  public Variant {
    new Check()
        .that(
            FileNames.plain(file) && file.endsWith(".onnx"),
            "file",
            "must be the plain name of an .onnx file in the bundle")
        .orRefuse();
  }

  boolean fits(Machine machine) {
    return (os.isEmpty() || os.equals(machine.os()))
        && (arch.isEmpty() || arch.equals(machine.arch()))
        && (provider.isEmpty() || provider.get() == machine.provider());
  }
}
