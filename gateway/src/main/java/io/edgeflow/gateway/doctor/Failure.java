package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.PollResult;

/** How a read that brought no values is told to people. */
final class Failure {
  private Failure() {}

  static String words(PollResult result) {
    return switch (result) {
      case PollResult.Values _ -> "values";
      case PollResult.DeviceError(int code) -> Exceptions.words(code);
      case PollResult.WrongCount(int expected, int answered) ->
          "an answer with " + answered + " values instead of " + expected;
      case PollResult.WrongAnswer(String detail) -> detail;
      case PollResult.TimedOut() -> "no answer in time";
      case PollResult.HungUp(String detail) -> detail;
      case PollResult.Unreachable(String detail) -> detail;
    };
  }
}
