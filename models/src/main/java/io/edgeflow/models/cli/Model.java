package io.edgeflow.models.cli;

import io.edgeflow.process.cli.CommandRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow model}. */
@Command(
    name = "edgeflow model",
    mixinStandardHelpOptions = true,
    description = {
      "Builds models from readings, shows them, tries them and publishes them.",
      "",
      "A model is a bundle: a folder with the graph (model.onnx), what it needs and means "
          + "(manifest.json), what is fitted to a plant (parameters.json) and proof that it "
          + "works (golden.json). docs/models.md explains every key.",
      "  edgeflow model build --from h.csv --recipe univariate --out flow-model \\",
      "    --series pump-1/flow",
      "  edgeflow model test flow-model --csv yesterday.csv",
      "  edgeflow model backtest flow-model --from http://127.0.0.1:8080 --since 30d",
      "  edgeflow model publish flow-model --key keys/ada.key --keys keys/keys.json",
      ""
    },
    subcommands = {
      Init.class,
      Application.class,
      Build.class,
      Inspect.class,
      TryOut.class,
      Backtest.class,
      Measure.class,
      Keygen.class,
      Sign.class,
      Verify.class,
      Publish.class,
      ListVersions.class,
      Slots.class,
      ChangeModel.class,
      Pin.class,
      Unpin.class,
      Unblock.class,
      CloudSwitch.Disable.class,
      CloudSwitch.Enable.class
    })
public final class Model implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Model(), args));
  }
}
