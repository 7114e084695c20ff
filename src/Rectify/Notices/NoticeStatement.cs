using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>A contradiction in what a notice says, and the reason for letting it stand.</summary>
/// <param name="Part">The part of the notice.</param>
/// <param name="Overruled"><see langword="null"/> while nobody gave one.</param>
internal sealed record Doubt(NoticePart Part, Contradiction Found, Overruling? Overruled)
{
    /// <summary>Names it in a form: the first digits of its key's hash.</summary>
    public string Tag => TagOf(Found.Key);

    public static string TagOf(string key) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
}

/// <summary>Says of a closing, from the record, what the rules of consistency read.</summary>
internal sealed partial class NoticeStatement(Db db, TimeProvider clock)
{
    /// <summary>Other closings whose words are compared.</summary>
    private const int MostOthers = 3_000;

    /// <summary>All contradictions in a notice that would go out today, in the order of its parts. What is wrong with the notice itself is told of its first part.</summary>
    /// <param name="from">The first day that would be announced.</param>
    /// <param name="outOn">The day on which it goes out, or went out; <see langword="null"/> for today.</param>
    public async Task<List<Doubt>> DoubtsAsync(PublicNotice notice, IReadOnlyList<NoticePart> parts, IReadOnlyList<ClosureCase> cases, DateOnly from, CancellationToken ct, DateOnly? outOn = null)
    {
        var overruled = await db.Overrulings().AsNoTracking().Where(one => one.NoticeId == notice.Id).ToListAsync(ct);
        var others = await OthersAsync(notice.ProgrammeId, ct);
        var doubts = new List<Doubt>();
        foreach (var (part, one) in parts.Zip(cases))
        {
            var said = await OfAsync(part, notice.Title, one, from, outOn ?? clock.Today, [.. others.Where(other => other.Closure != one.Closure.Id).Select(other => other.Text)], ct);
            doubts.AddRange(ConsistencyRules.Check(said, one.Calendar)
                .Select(found => new Doubt(part, found, overruled.FindLast(known => known.ClosureId == part.ClosureId && known.Key == found.Key))));
        }

        return doubts;
    }

    /// <param name="others">What other closings of the programme say.</param>
    private async Task<ClosingStatement> OfAsync(NoticePart part, string title, ClosureCase one, DateOnly from, DateOnly outOn, IReadOnlyList<OtherText> others, CancellationToken ct)
    {
        var (declared, item, acts) = (one.Declaration, one.Item, one.InForce);
        DateOnly? On(StepKind kind) => acts.LastOrDefault(act => act.StepKind == kind) is { } act ? one.Taken(act).On : null; // signed anew, it was done when it was done
        var stands = NoticeWork.NoticeStep(one)?.Stands;
        var built = NoticeText.DoneOf(one);
        return new(
            $"{item.Title}\n{item.Text}".Trim(),
            [.. declared.Goals.Select(goal => new PlannedPart(goal.Goal, goal.Result, item.Standing))],
            [.. declared.Measures.Zip(one.Measures).Select(pair => new PlannedPart(pair.Second.Text.Length > 0 ? pair.Second.Text : pair.Second.Title, pair.First.Result, pair.Second.Standing || item.Standing))],
            part.Done == built ? part.Result : $"{part.Result}\n{part.Done}", // what was written on is judged as well
            item.DeadlineDate ?? item.DueOn,
            new(declared.CompletedOn, On(StepKind.Apply), On(StepKind.Acceptance), On(StepKind.SignOff), On(StepKind.Close)),
            stands is null ? null : new(from, stands.LastDay(from, firstCounts: true, one.Calendar), stands.Days, stands.Working, stands.Days, part.No == 1 ? outOn : null)
            {
                Words = string.Join('\n', part.No == 1 ? title : "", part.Done == built ? "" : part.Done, part.Result, part.Next),
            },
            await DocumentsAsync(one, ct),
            others,
            await PairsMissingAsync(one, ct));
    }

    // Only what was written since it was last looked at is read: of thousands of closings a look at one costs little more than their versions.
    private async Task<List<(Guid Closure, OtherText Text)>> OthersAsync(Guid programme, CancellationToken ct)
    {
        var closures = db.ClosuresFor(NoticeWork.Room).AsNoTracking().Where(one => one.ProgrammeId == programme && one.Live != null).OrderByDescending(one => one.BeganAt).ThenBy(one => one.Id).Take(MostOthers);
        var rows = await (
            from one in closures
            join item in db.ItemsFor(NoticeWork.Room, Right.Read) on one.ItemId equals item.Id
            join unit in db.Units() on one.UnitId equals unit.Id
            orderby one.BeganAt descending, one.Id
            select new { one.Id, one.Version, item.NumberText, unit.ShortName }).ToListAsync(ct);
        var found = rows.ConvertAll(row => (row.Id, row.Version, Where: $"{row.NumberText} {row.ShortName}".Trim()));
        foreach (var some in found.Where(one => OtherTexts.Find(one.Id, one.Version, one.Where) is null).Chunk(500))
        {
            var ids = some.Select(one => one.Id).ToArray();
            var wheres = some.ToDictionary(one => one.Id, one => one.Where);
            foreach (var one in await db.ClosuresFor(NoticeWork.Room).AsNoTracking().Where(known => EF.Parameter(ids).Contains(known.Id)).ToListAsync(ct))
            {
                var declared = one.Declaration;
                OtherTexts.Keep(one.Id, one.Version, wheres[one.Id], [.. declared.Measures.Concat(declared.Goals).Select(answer => answer.Result).Append(declared.Report)]);
            }
        }

        return [.. from one in found from text in OtherTexts.Find(one.Id, one.Version, one.Where) ?? [] select (one.Id, text)];
    }

    // A unit's own plan carries out the programme's, a notification or minutes of rectification the inspection, and a step's paper the work that it is about: none of them can be older.
    private async Task<List<NamedDocument>> DocumentsAsync(ClosureCase one, CancellationToken ct)
    {
        var ids = one.Acts.SelectMany(act => act.Statement.Evidence).Concat(one.Declaration.Pieces).Distinct().ToArray();
        var pieces = await db.PiecesFor(NoticeWork.Room).AsNoTracking()
            .Where(piece => EF.Parameter(ids).Contains(piece.Id) && piece.WithdrawnAt == null && piece.EffectiveOn != null && (piece.Kind == PieceKind.Document || piece.Kind == PieceKind.Plan || piece.Kind == PieceKind.Minutes))
            .OrderBy(piece => piece.Id).Select(piece => new { piece.Title, piece.EffectiveOn, piece.Kind }).ToListAsync(ct);
        var words = Words.In(Language.Default);
        var (stationed, completed) = (one.Programme.StationedFrom ?? one.Programme.FeedbackOn, one.Declaration.CompletedOn);
        return
        [
            .. pieces.Select(piece => piece.Kind is PieceKind.Plan || NamedDocument.IsPlan(piece.Title)
                ? new NamedDocument(piece.Title, piece.EffectiveOn!.Value, one.Programme.ShortName, one.Programme.ApprovedOn)
                : piece.Kind is PieceKind.Minutes || NamedDocument.IsOfRectification(piece.Title) ? new(piece.Title, piece.EffectiveOn!.Value, words["consistency.basis.inspection", one.Programme.ShortName], stationed)
                : new NamedDocument(piece.Title, piece.EffectiveOn!.Value)),
            .. from act in one.InForce
               where act.StepKind is not StepKind.Declare
               let year = NumberYear().Match(act.Statement.Document)
               where year.Success
               select new NamedDocument(act.Statement.Document, new(int.Parse(year.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 12, 31), words["consistency.day.completed"], completed) { YearAlone = true },
        ];
    }

    // 云环督〔2018〕3号
    [GeneratedRegex(@"[\u3014\[(\uff08]((?:19|20)\d{2})[\u3015\])\uff09]")]
    private static partial Regex NumberYear();

    private async Task<List<string>> PairsMissingAsync(ClosureCase one, CancellationToken ct)
    {
        if (one.Closure.Outcome is ClosureOutcome.NotInvolved)
        {
            return [];
        }

        var task = one.Item.Kind is ItemKind.Measure or ItemKind.Point ? one.Item.ParentId!.Value : one.Item.Id;
        if (await new DossierReading(db, NoticeWork.Room, clock.Today, clock).ReadAsync(task, ct) is not { Dossier: var dossier })
        {
            return [];
        }

        return
        [
            .. from line in dossier.Lines
               where line.Requirement.Pairs && line.State is not RequirementState.Present && (task == one.Item.Id || line.Target == one.Item.Id)
               let halves = line.Pairs.Where(pair => !pair.IsWhole).Select(pair => pair.Place).ToList()
               from place in halves.Count > 0 ? halves : [line.Requirement.Title]
               select place,
        ];
    }
}
