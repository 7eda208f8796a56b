package io.edgeflow.inference.bundle;

import static io.edgeflow.inference.bundle.Machine.Provider.TENSORRT;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.util.Optional;

/**
 * The same model in a form that suits certain machines. A file that TensorRT compiled runs only on
 * machines like the one that compiled it, and only where TensorRT itself can be loaded.
 *
 * @param os absent: any, like the others
 * @param provider of an {@code .engine} it can only be TensorRT
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
            FileNames.plain(file) && FileNames.model(file),
            "file",
            "must be the plain name of an .onnx or .engine file in the bundle")
        .that(
            !FileNames.engine(file) || provider.orElse(TENSORRT) == TENSORRT,
            "provider",
            "must be tensorrt for an .engine file")
        .orRefuse();
  }

  /** Whether TensorRT compiled it. */
  boolean isEngine() {
    return FileNames.engine(file);
  }

  boolean fits(Machine machine) {
    return (os.isEmpty() || os.equals(machine.os()))
        && (arch.isEmpty() || arch.equals(machine.arch()))
        && (isEngine()
            ? machine.engines()
            : provider.isEmpty() || provider.get() == machine.provider());
  }
}
