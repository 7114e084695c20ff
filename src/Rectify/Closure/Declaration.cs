using Rectify.Platform;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>What a unit declares of one measure or one goal, with the pieces of evidence that show it.</summary>
/// <param name="Item">The measure; <see langword="null"/> for a goal.</param>
/// <param name="Goal">The goal as the plan words it; empty for a measure.</param>
/// <param name="On">The day on which it was done or reached; <see langword="null"/> while it is not.</param>
/// <param name="Result">What was done, 1 to 4,000 characters.</param>
/// <param name="Evidence">Ids of pieces.</param>
public sealed record DeclaredPart(Guid? Item, string Goal, DateOnly? On, string Result, IReadOnlyList<Guid> Evidence);

/// <summary>A unit's declaration that it has put an item right, or that the item does not concern it (不涉及).</summary>
/// <param name="CompletedOn">The day of completion; of a declaration that it does not concern the unit, the day of finding so.</param>
/// <param name="Report">整改落实情况, or why it does not concern the unit; at most 20,000 characters.</param>
/// <param name="Measures">One for each measure of the item, in the plan's order.</param>
/// <param name="Goals">One for each goal, as <see cref="GoalsOf"/> parts them.</param>
/// <param name="Evidence">Pieces that prove the whole.</param>
public sealed record Declaration(
    ClosureOutcome Outcome, DateOnly? CompletedOn, string Report, IReadOnlyList<DeclaredPart> Measures, IReadOnlyList<DeclaredPart> Goals, IReadOnlyList<Guid> Evidence)
{
    public static Declaration Empty { get; } = new(ClosureOutcome.PutRight, null, "", [], [], []);

    /// <summary>All pieces that it names, each once.</summary>
    public IEnumerable<Guid> Pieces => Evidence.Concat(Measures.Concat(Goals).SelectMany(part => part.Evidence)).Distinct();

    /// <summary>The goals of an item, one for each line of its text: they are answered one by one.</summary>
    public static IReadOnlyList<string> GoalsOf(Item item) =>
        [.. item.Goal.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>The declaration with a part for each measure and goal of the item as it is now, what was said of them kept.</summary>
    public Declaration For(Item item, IReadOnlyList<Item> measures) => this with
    {
        Measures = [.. measures.Select(measure => Measures.FirstOrDefault(part => part.Item == measure.Id) ?? new(measure.Id, "", null, "", []))],
        Goals = [.. GoalsOf(item).Select(goal => Goals.FirstOrDefault(part => part.Goal == goal) ?? new(null, goal, null, "", []))],
    };

    /// <summary>With texts trimmed, for keeping. Need not be complete.</summary>
    /// <exception cref="Refusal">422: a text that is too long, or a day to come.</exception>
    internal Declaration Kept(DateOnly today)
    {
        static DeclaredPart Trim(DeclaredPart part) => part with { Result = part.Result.Trim(), Evidence = [.. part.Evidence.Distinct()] };
        var clean = this with { Report = Report.Trim(), Measures = [.. Measures.Select(Trim)], Goals = [.. Goals.Select(Trim)], Evidence = [.. Evidence.Distinct()] };
        return !Enum.IsDefined(Outcome) ? throw Refusal.Malformed("There is no such outcome.")
            : clean.Report.Length > 20_000 || clean.Measures.Concat(clean.Goals).Any(part => part.Result.Length > 4_000)
                ? throw Refusal.Invalid("closure.long", "The report has at most 20,000 characters, what is said of a measure or goal 4,000.")
            : clean.Measures.Concat(clean.Goals).Select(part => part.On).Append(CompletedOn).FirstOrDefault(on => on > today) is { } future
                ? throw Refusal.Invalid("closure.future", $"{future:yyyy-MM-dd} has not come yet.", future)
            : clean;
    }

    /// <summary>What still has to be said before it can be signed: codes of refusals with what they name.</summary>
    /// <param name="names">What measures are called.</param>
    internal IEnumerable<(string Code, string Names)> Lacks(IReadOnlyDictionary<Guid, string> names)
    {
        if (CompletedOn is null)
        {
            yield return ("closure.completed", "");
        }

        if (Report.Length == 0)
        {
            yield return ("closure.report", "");
        }

        if (Outcome is ClosureOutcome.NotInvolved)
        {
            if (Evidence.Count == 0)
            {
                yield return ("closure.not-involved-proof", "");
            }

            yield break;
        }

        foreach (var (part, measure) in Measures.Select(part => (part, true)).Concat(Goals.Select(part => (part, false))))
        {
            var name = measure ? names.GetValueOrDefault(part.Item ?? Guid.Empty, "") : part.Goal;
            if (part.On is null || part.Result.Length == 0)
            {
                yield return (measure ? "closure.measure-open" : "closure.goal-open", name);
            }
            else if (part.Evidence.Count == 0)
            {
                yield return (measure ? "closure.measure-proof" : "closure.goal-proof", name);
            }
            else if (part.On > CompletedOn)
            {
                yield return ("closure.completed-before", name);
            }
        }

        if (Measures.Count + Goals.Count == 0 && Evidence.Count == 0)
        {
            yield return ("closure.proof", "");
        }
    }
}

/// <summary>One answered line of a checklist.</summary>
/// <param name="Note">At most 500 characters; needed where it does not apply.</param>
public sealed record CheckedLine(string Line, CheckAnswer Answer, string Note = "");

/// <summary>A field of a step's form, as it was filled in.</summary>
/// <param name="Value">At most 2,000 characters; empty where nothing was to be said.</param>
public sealed record FilledField(string Name, string Value)
{
    internal const int Most = 2_000;
}

/// <summary>What someone states with a step.</summary>
/// <param name="On">The day of the act; at most today, and not before the step before it.</param>
/// <param name="Opinion">意见; at most 4,000 characters.</param>
public sealed record StepStatement(DateOnly On, string Opinion = "")
{
    /// <summary>A document that it rests on, as its number; at most 200 characters.</summary>
    public string Document { get; init; } = "";

    public IReadOnlyList<CheckedLine> Checks { get; init; } = [];

    /// <summary>The fields of the step's form, in its order.</summary>
    public IReadOnlyList<FilledField> Fields { get; init; } = [];

    /// <summary>Where a site was checked; at most 200 characters.</summary>
    public string Place { get; init; } = "";

    /// <summary>At what time of that day, as 14:30.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>Who was there, as they are called; at most 500 characters.</summary>
    public string Present { get; init; } = "";

    /// <summary>Pieces of evidence of this step: photos of the site, the opinion as a file, a picture of the notice.</summary>
    public IReadOnlyList<Guid> Evidence { get; init; } = [];

    /// <exception cref="Refusal">422: a text that is too long, a day to come or before <paramref name="since"/>.</exception>
    internal StepStatement Kept(DateOnly since, DateOnly today)
    {
        var clean = this with
        {
            Opinion = Opinion.Trim(),
            Document = Document.Trim(),
            Place = Place.Trim(),
            Present = Present.Trim(),
            Evidence = [.. Evidence.Distinct()],
            Checks = [.. Checks.Select(check => check with { Note = check.Note.Trim() })],
            Fields = [.. Fields.Select(field => field with { Value = field.Value.ReplaceLineEndings("\n").Trim() })],
        };
        return clean.Opinion.Length > 4_000 || clean.Document.Length > 200 || clean.Place.Length > 200 || clean.Present.Length > 500
                || clean.Checks.Any(check => check.Note.Length > 500 || !Enum.IsDefined(check.Answer)) || clean.Evidence.Count > 200 || clean.Fields.Any(field => field.Value.Length > FilledField.Most)
            ? throw Refusal.Invalid("closure.statement", "An opinion has at most 4,000 characters, a field of a form 2,000, a document's number and a place 200, who was there 500, a remark 500.")
            : On > today ? throw Refusal.Invalid("closure.future", $"{On:yyyy-MM-dd} has not come yet.", On)
            : On < since ? throw Refusal.Invalid("closure.before", $"The step before is of {since:yyyy-MM-dd}: this one cannot be earlier.", since)
            : clean;
    }
}
