package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.settings.Nearest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which names of models the cloud knows. A switch that was thrown for a name with a slip in it
 * turns nothing off, and nobody finds out before morning. Stateless.
 */
final class ModelNames {
  /** Published, reported by an edge, or switched off by somebody. */
  private static final String KNOWN =
      """
      select model from model_version where kind = 'model'
      union select name from disabled_model
      union select m ->> 'name'
        from reported r cross join jsonb_array_elements(r.document -> 'models') m
      union select s ->> 'model'
        from reported r cross join jsonb_array_elements(r.document #> '{deploy,slots}') s
        where s ->> 'kind' = 'model'
      """;

  private static final String IN_SLOT =
      """
      with served as (
        select m ->> 'slot' as slot, m ->> 'name' as model
          from reported r cross join jsonb_array_elements(r.document -> 'models') m
        union select s ->> 'slot', s ->> 'model'
          from reported r cross join jsonb_array_elements(r.document #> '{deploy,slots}') s
          where s ->> 'kind' = 'model'
      )
      select model from served where slot = ? and model <> '' order by 1
      """;

  private ModelNames() {}

  /** Why nothing would come of a switch for this name; empty where the name is known. */
  static Optional<String> objection(Connection connection, String model) throws SQLException {
    List<String> known = Sql.rows(connection, KNOWN, row -> row.getString(1));
    if (known.contains(model)) {
      return Optional.empty();
    }
    return Optional.of(
        "no published model, and none in a slot of any edge, has the name "
            + model
            + meant(connection, model, known));
  }

  private static String meant(Connection connection, String model, List<String> known)
      throws SQLException {
    List<String> inSlot = Sql.rows(connection, IN_SLOT, row -> row.getString(1), model);
    if (!inSlot.isEmpty()) {
      return "; the slot " + model + " runs " + String.join(", ", inSlot);
    }
    List<String> named = known.stream().filter(name -> !name.isEmpty()).toList();
    return Nearest.to(model, named).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
