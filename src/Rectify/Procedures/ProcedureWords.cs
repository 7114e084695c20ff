using Rectify.Platform.Text;

namespace Rectify.Procedures;

/// <summary>Procedures in the reader's words.</summary>
internal static class ProcedureWords
{
    extension(Words words)
    {
        /// <summary>What a programme calls a step, or the usual word of its kind.</summary>
        public string Step(ProcedureStep step) => step.Title.Length > 0 ? step.Title : words[$"procedure.kind.{step.Kind}"];

        /// <summary>10个工作日, 7天.</summary>
        public string Days(DaySpan span) => words[span.Working ? "procedure.span.working" : "procedure.span.days", span.Days];

        /// <summary>Who takes a step: 整改办（县级）.</summary>
        public string Taker(ProcedureStep step) => step.Duty is Organisation.Role.Responsible
            ? words[$"procedure.duty.{step.Duty}"]
            : words["procedure.taker", words[$"procedure.duty.{step.Duty}"], string.Join(words["dossier.join"], (step.Levels ?? []).Select(one => words["procedure.levels.is", one.TaskType, words[$"procedure.level.{one.Level}"]]).Prepend(words[$"procedure.level.{step.Level}"]))];

        /// <summary>What a step asks besides, as one line; empty if nothing.</summary>
        public string Asks(ProcedureStep step)
        {
            string?[] parts =
            [
                step.Stands is { } stands ? words["procedure.stands", words.Days(stands)] : null,
                step.Limit is { } limit ? words["procedure.limit", words.Days(limit)] : null,
                step.Dossier ? words["procedure.dossier"] : null,
                step.Checklist ? words["procedure.checklist"] : null,
                step.NotInvolved ? null : words["procedure.not-involved.skips"],
                step.Form.Length > 0 ? words["procedure.form.is", step.Form] : null,
            ];
            return string.Join(words["dossier.join"], parts.OfType<string>());
        }
    }
}
