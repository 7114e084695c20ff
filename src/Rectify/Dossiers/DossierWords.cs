using Rectify.Evidence;
using Rectify.Platform.Text;

namespace Rectify.Dossiers;

/// <summary>Dossiers in the reader's words.</summary>
internal static class DossierWords
{
    extension(Words words)
    {
        /// <summary>The period that a piece speaks of; empty if it names none.</summary>
        public string Covered(Piece piece) => words.Period(piece);

        /// <summary>What a requirement asks besides the kind, as one line; empty if nothing.</summary>
        public string Asks(Requirement requirement)
        {
            string?[] parts =
            [
                requirement.Count > 1 ? words[requirement.Pairs ? "dossier.asks.pairs" : "dossier.asks.count", requirement.Count] : null,
                requirement.PerMeasure ? words["dossier.asks.measure"] : null,
                requirement.TaskType.Length > 0 ? words["dossier.asks.type", requirement.TaskType] : null,
                requirement.Words.Length > 0 ? words["dossier.asks.words", words.List(requirement.WordList)] : null,
                requirement.Issuer.Length > 0 ? words["dossier.asks.issuer", requirement.Issuer] : requirement.NeedsIssuer ? words["dossier.asks.some-issuer"] : null,
                requirement.Place.Length > 0 ? words["dossier.asks.place", requirement.Place] : requirement.NeedsPlace ? words["dossier.asks.some-place"] : null,
                requirement.ValidMonths is { } valid ? words["dossier.asks.valid", valid] : null,
                requirement.PeriodMonths is { } period ? words["dossier.asks.period", period] : null,
                requirement is { Pairs: true, Count: 1 } ? words["dossier.asks.pair"] : null,
            ];
            return string.Join(words["dossier.join"], parts.OfType<string>());
        }

        /// <summary>From when it is required: 申报完成后5天.</summary>
        public string From(Requirement requirement) => requirement.Days == 0
            ? words[$"dossier.from.{requirement.From}"]
            : words["dossier.from.days", words[$"dossier.from.{requirement.From}"], requirement.Days];

        public string Reasons(Unfit why) => words.List(Enum.GetValues<Unfit>().Where(one => one is not Unfit.None && why.HasFlag(one)).Select(one => words[$"dossier.unfit.{one}"]));
    }

    /// <summary>The mark of a state: the class without <c>st-</c>, and the icon.</summary>
    public static (string Class, string Icon) Mark(RequirementState state) => state switch
    {
        RequirementState.Present => ("done", "s-done"),
        RequirementState.Missing => ("missing", "u-miss"),
        RequirementState.Expired => ("expired", "u-old"),
        RequirementState.Duplicate => ("dup", "u-dup"),
        RequirementState.NotYet => ("na", ""),
    };
}
