package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.SchemaState.Step;
import java.util.function.Consumer;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Says which step of a migration begins: some take long where there is much data. */
record StepTeller(Consumer<Step> progress) implements Callback {
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    MigrationInfo step = context.getMigrationInfo();
    progress.accept(new Step(String.valueOf(step.getVersion()), step.getDescription()));
  }

  @Override
  public String getCallbackName() {
    return "progress";
  }
}
