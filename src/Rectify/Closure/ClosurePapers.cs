using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;

namespace Rectify.Closure;

/// <summary>A paper about one closing, made from the record as it is now.</summary>
public enum ClosurePaperKind
{
    /// <summary>验收销号申请表: what the unit declares and applies with.</summary>
    Application,

    /// <summary>验收意见: the checks, the checklist and the verdicts.</summary>
    Opinion,

    /// <summary>销号审签单: what goes before the leader, every step with its signature and room for those to come.</summary>
    SignOff,

    /// <summary>销号证明: that the item is closed, and by which steps.</summary>
    Certificate,
}

/// <summary>Sets the papers of a closing: forms as reports, the certificate as an official document.</summary>
/// <param name="places">Where the public checks a closing.</param>
internal sealed class ClosurePapers(Db db, Words words, TimeProvider clock, IPublicPlace places)
{
    // Four lines to write on.
    private const string ForTheHand = "\n\n\n";

    private static readonly StepKind[] Accepting = [StepKind.MaterialReview, StepKind.SiteCheck, StepKind.Acceptance];

    /// <summary>Which papers there are by now.</summary>
    public static IEnumerable<ClosurePaperKind> Of(ClosureCase one)
    {
        if (one.InForce.Any(act => act.StepKind is StepKind.Declare))
        {
            yield return ClosurePaperKind.Application;
            yield return ClosurePaperKind.SignOff;
        }

        if (one.InForce.Any(act => Accepting.Contains(act.StepKind)))
        {
            yield return ClosurePaperKind.Opinion;
        }

        if (one.Closure.ClosedOn is not null)
        {
            yield return ClosurePaperKind.Certificate;
        }
    }

    /// <param name="by">Who prints it.</param>
    /// <param name="site">This site as readers reach it, as <c>https://zg.example.gov.cn</c>.</param>
    /// <exception cref="Refusal">409: what it tells of has not happened yet.</exception>
    public async Task<Paper> PaperAsync(ClosureView view, ClosurePaperKind kind, string by, string site, CancellationToken ct)
    {
        var one = view.Case;
        if (!Of(one).Contains(kind))
        {
            throw Refusal.Conflict("closure.paper-early", "What this paper tells of has not happened yet.");
        }

        var acted = one.Acts.Select(act => act.UnitId).Append(one.Closure.UnitId).Distinct().ToArray();
        var units = await db.Units().Where(unit => EF.Parameter(acted).Contains(unit.Id)).AsNoTracking().ToDictionaryAsync(unit => unit.Id, ct);
        var now = clock.GetUtcNow();
        if (kind is ClosurePaperKind.Certificate)
        {
            // Whether what is published is of this closing or of a later one, the page that checks says; a paper of one that holds no more leads nowhere.
            var check = one.Closure.State is ClosureState.Superseded ? null : await places.CheckedAtAsync(one.Item.Id, ct);
            return Certificate(view, units, now) with { Code = check is null ? null : new(site + check, words["closure.paper.code"]) };
        }

        return new(words[$"closure.paper.{kind}"], now, kind switch
        {
            ClosurePaperKind.Application => Application(view, units),
            ClosurePaperKind.Opinion => Opinion(view, units),
            _ => SignOff(view, units),
        })
        {
            Words = words,
            CountsPages = true,
            Header = new(one.Programme.ShortName, clock.Today, by, now),
        };
    }

    /// <summary>The form of a step: as it was filled in, or empty for the hand.</summary>
    /// <param name="by">Who prints it.</param>
    /// <exception cref="Refusal">404: no such step, or it has no form.</exception>
    public async Task<Paper> FormAsync(ClosureView view, string key, string by, CancellationToken ct)
    {
        var one = view.Case;
        var form = one.Way.FirstOrDefault(step => step.Key == key) is { } step ? one.FormOf(step) : null;
        if (form is null)
        {
            throw Refusal.NotFound("procedure", key);
        }

        var acted = one.Acts.Select(act => act.UnitId).Append(one.Closure.UnitId).Distinct().ToArray();
        var units = await db.Units().Where(unit => EF.Parameter(acted).Contains(unit.Id)).AsNoTracking().ToDictionaryAsync(unit => unit.Id, ct);
        var row = view.Steps.First(known => known.Step.Key == key);
        var signature = row.Signatures.Count > 0 ? row.Signatures[^1] : null;
        var filled = signature?.Act.Statement.Fields.ToDictionary(field => field.Name, field => field.Value) ?? [];
        return new(
            form.Title, clock.GetUtcNow(),
            [
                Card(view, units),
                new PaperHeading(1, words["closure.form.fields"]),
                new KeyValueTable([.. form.Fields.Select(field => new KeyValuePair<string, string>(
                    field.Name, signature is null ? ForTheHand : filled.GetValueOrDefault(field.Name, "") is { Length: > 0 } value ? value : words["text.none"]))]),
                new KeyValueTable(
                [
                    .. signature is null ? [Line("closure.opinion", ForTheHand)] : Stated(one, signature.Act),
                    Line("closure.paper.signed", signature is null ? words["closure.paper.blank", row.Signers] : Signed(view, signature, units)),
                ]),
            ])
        {
            Words = words,
            CountsPages = true,
            Header = new(one.Programme.ShortName, clock.Today, by, clock.GetUtcNow()),
        };
    }

    /// <param name="ending"><c>docx</c> or <c>pdf</c>.</param>
    /// <exception cref="Refusal">409: no font on this computer.</exception>
    public static byte[] Write(Paper paper, string ending, CancellationToken ct)
    {
        using var file = new MemoryStream();
        if (ending == "pdf")
        {
            PdfWriter.Write(paper, file, null, ct);
        }
        else
        {
            DocxWriter.Write(paper, file);
        }

        return file.ToArray();
    }

    private List<PaperBlock> Application(ClosureView view, Dictionary<Guid, Unit> units)
    {
        var (one, declared) = (view.Case, view.Case.Declaration);
        var body = new List<PaperBlock>
        {
            Card(view, units,
                Line("closure.outcome", words[$"closure.outcome.{declared.Outcome}"]),
                Line(declared.Outcome is ClosureOutcome.NotInvolved ? "closure.paper.found" : "closure.completed.label", declared.CompletedOn is { } on ? words.Day(on) : ""),
                Line("closure.report.label", declared.Report)),
        };
        if (declared.Outcome is ClosureOutcome.PutRight)
        {
            var names = one.Measures.ToDictionary(measure => measure.Id, measure => measure.Text);
            Add("closure.paper.measures", [.. declared.Measures.Select(part => (names.GetValueOrDefault(part.Item ?? Guid.Empty, words["closure.measure.gone"]), part))]);
            Add("closure.paper.goals", [.. declared.Goals.Select(part => (part.Goal, part))]);
        }

        body.Add(new PaperHeading(1, words["closure.evidence"]));
        var pieces = one.InForce.LastOrDefault(act => act.StepKind is StepKind.Apply)?.Statement.Evidence ?? [.. declared.Pieces];
        body.Add(new DataTable(
            [new(words["closure.paper.no"], 1.3, PaperAlign.Centre), new(words["closure.paper.piece"], 6), new(words["closure.paper.version"], 1.4, PaperAlign.Centre), new("SHA-256", 6)],
            [
                .. pieces.Select(id => one.Pieces.GetValueOrDefault(id)).OfType<PieceNow>().Select((piece, i) => (IReadOnlyList<string>)
                [
                    words.Number(i + 1), piece.Withdrawn ? words["closure.paper.withdrawn", piece.Title] : piece.Title, words.Number(piece.FileNo), piece.Sha256,
                ]),
            ])
        { RowsSplit = true });
        body.AddRange(Signatures(view, units, [StepKind.Declare, StepKind.Apply], open: false));
        return body;

        void Add(string head, List<(string Name, DeclaredPart Part)> parts)
        {
            if (parts.Count == 0)
            {
                return;
            }

            body.Add(new PaperHeading(1, words[head]));
            body.Add(new DataTable(
                [new(words["closure.paper.no"], 1.3, PaperAlign.Centre), new(words["closure.paper.asked"], 6), new(words["closure.done.how"], 6), new(words["closure.paper.day"], 2.4, PaperAlign.Centre), new(words["closure.evidence"], 3.4)],
                [
                    .. parts.Select((part, i) => (IReadOnlyList<string>)
                    [
                        words.Number(i + 1), part.Name, part.Part.Result, part.Part.On is { } on ? words.Day(on) : "", string.Join('\n', part.Part.Evidence.Select(id => one.Pieces.GetValueOrDefault(id)?.Title).OfType<string>()),
                    ]),
                ])
            { RowsSplit = true });
        }
    }

    private List<PaperBlock> Opinion(ClosureView view, Dictionary<Guid, Unit> units)
    {
        var one = view.Case;
        var body = new List<PaperBlock> { Card(view, units, Line("closure.outcome", words[$"closure.outcome.{one.Declaration.Outcome}"]), Line("closure.report.label", one.Declaration.Report)) };
        foreach (var signature in one.Signatures.Where(signature => Accepting.Contains(signature.Act.StepKind)))
        {
            var (act, stated) = (signature.Act, signature.Act.Statement);
            var step = one.Procedure.Steps.First(known => known.Key == act.StepKey);
            body.Add(new PaperHeading(1, words.Step(step)));
            body.Add(new KeyValueTable(
            [
                .. Stated(one, act),
                Line("closure.paper.signed", Signed(view, signature, units)),
            ]));
            if (stated.Fields.Count > 0)
            {
                body.Add(new KeyValueTable([.. stated.Fields.Where(field => field.Value.Length > 0).Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));
            }

            if (stated.Checks.Count > 0)
            {
                body.Add(new DataTable(
                    [new(words["closure.paper.no"], 1.3, PaperAlign.Centre), new(words["procedure.checklists"], 8), new(words["closure.paper.answer"], 2, PaperAlign.Centre), new(words["closure.check.note.short"], 5)],
                    [.. stated.Checks.Select((check, i) => (IReadOnlyList<string>)[words.Number(i + 1), check.Line, words[$"closure.check.{check.Answer}"], check.Note])]));
            }
        }

        return body;
    }

    // What was said with a step beside its form and its checklist, as far as anything was.
    private IEnumerable<KeyValuePair<string, string>> Stated(ClosureCase one, ClosureAct act) => new[]
    {
        Line("closure.opinion", Opinion(one, act)),
        Line("closure.paper.site", act.Statement.Place.Length == 0 ? "" : words["closure.site.at", act.Statement.Place, one.Taken(act).On, act.Statement.Time?.ToString("HH:mm", words.Culture) ?? ""]),
        Line("closure.site.present", act.Statement.Present),
        Line("item.fact.document", act.Statement.Document),
        Line("closure.step.evidence", string.Join('\n', act.Statement.Evidence.Select(id => one.Pieces.GetValueOrDefault(id)?.Title).OfType<string>())),
    }.Where(row => row.Value.Length > 0);

    private List<PaperBlock> SignOff(ClosureView view, Dictionary<Guid, Unit> units)
    {
        var one = view.Case;
        return
        [
            Card(view, units, Line("closure.outcome", words[$"closure.outcome.{one.Declaration.Outcome}"]), Line("closure.completed.label", one.Declaration.CompletedOn is { } on ? words.Day(on) : ""), Line("closure.report.label", one.Declaration.Report)),
            .. Signatures(view, units, null, open: true),
        ];
    }

    private Paper Certificate(ClosureView view, Dictionary<Guid, Unit> units, DateTimeOffset now)
    {
        var (one, closure) = (view.Case, view.Case.Closure);
        var closed = one.Acts.Last(act => act.StepKind is StepKind.Close && act.Signs);
        var issuer = units[closed.UnitId].SignsAs;
        var body = new List<PaperBlock>
        {
            new PaperParagraph(words[closure.Outcome is ClosureOutcome.NotInvolved ? "closure.paper.certified.not" : "closure.paper.certified", one.Programme.Name, words.Heading(one), units[closure.UnitId].Name, closure.ClosedOn!.Value]),
        };
        if (closure.State is ClosureState.Superseded)
        {
            body.Add(new PaperParagraph([new PaperRun(words["closure.paper.superseded"], Bold: true)]));
        }
        else if (one.FirstStale is not null)
        {
            body.Add(new PaperParagraph([new PaperRun(words["closure.paper.stale"], Bold: true)]));
        }

        body.AddRange(Outcome(one, units));
        body.AddRange(Signatures(view, units, null, open: false).Skip(1));
        body.Add(new PaperParagraph(words["closure.paper.hash", closed.Hash], PaperAlign.Left)); // a word without end would draw the line before it apart
        return new(words["closure.paper.Certificate"], now, body) { Kind = PaperKind.Official, Mark = [issuer], Signature = issuer, Date = closure.ClosedOn, Words = words };
    }

    // What was asked and reached, who accepted it, and where the public was told.
    private IEnumerable<PaperBlock> Outcome(ClosureCase one, Dictionary<Guid, Unit> units)
    {
        if (one.Closure.Outcome is ClosureOutcome.PutRight && one.Declaration.Goals.Count > 0)
        {
            yield return new DataTable(
                [new(words["closure.changed.goal"], 6), new(words["closure.paper.reached"], 6), new(words["closure.paper.day"], 2.4, PaperAlign.Centre)],
                [.. one.Declaration.Goals.Select(part => (IReadOnlyList<string>)[part.Goal, part.Result, part.On is { } on ? words.Day(on) : ""])]);
        }

        var told = one.Closure.NoticeId is { } id ? one.Notices.GetValueOrDefault(id) : null;
        List<KeyValuePair<string, string>> rows =
        [
            .. one.InForce.Where(act => act is { StepKind: StepKind.Acceptance, Signs: true }).Select(act => Line("closure.paper.acceptance", words["closure.paper.accepted", units[act.UnitId].Name, one.Taken(act).On])),
            .. told is null ? Array.Empty<KeyValuePair<string, string>>() : [Line("closure.paper.notice", words.Told(told, told.Last) + told.Channel)],
        ];
        if (rows.Count > 0)
        {
            yield return new KeyValueTable(rows);
        }
    }

    private KeyValueTable Card(ClosureView view, Dictionary<Guid, Unit> units, params KeyValuePair<string, string>[] more)
    {
        var one = view.Case;
        return new(
        [
            .. new[]
            {
                Line("closure.paper.programme", one.Programme.Name), Line("closure.paper.number", one.Item.NumberText), Line("closure.paper.text", one.Item.Text), Line("closure.changed.goal", one.Item.Goal),
                Line("item.deadline", one.Item.DeadlineText), Line("closure.unit", units[one.Closure.UnitId].Name),
            }.Where(row => row.Value.Length > 0),
            .. more.Where(row => row.Value.Length > 0),
        ]);
    }

    // Steps with opinion and signature; with those to come as empty rows where the sheet is to be signed by hand too.
    private IEnumerable<PaperBlock> Signatures(ClosureView view, Dictionary<Guid, Unit> units, StepKind[]? only, bool open)
    {
        yield return new PaperHeading(1, words["closure.paper.steps"]);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in view.Steps.Where(row => only is null || only.Contains(row.Step.Kind)))
        {
            foreach (var signature in row.Signatures)
            {
                var notice = signature.Act is { Opening: true, NoticeId: { } id } ? view.Case.Notices.GetValueOrDefault(id) : null;
                rows.Add(
                [
                    signature.Act.Opening ? words["closure.act.Open", words.Step(row.Step)] : row.Step.Kind is StepKind.Notice ? words["closure.paper.notice-ended", words.Step(row.Step)] : words.Step(row.Step),
                    notice is null ? Said(view.Case, signature.Act) : words.Told(notice, notice.Last) + notice.Channel, Signed(view, signature, units),
                ]);
            }

            if (open && row.Standing is StepStanding.Now or StepStanding.Later)
            {
                rows.Add([words.Step(row.Step), "\n\n", words["closure.paper.blank", row.Signers]]);
            }
        }

        yield return new DataTable([new(words["closure.paper.step"], 2.6), new(words["closure.opinion"], 6), new(words["closure.paper.signed"], 5)], rows);
    }

    private string Signed(ClosureView view, Signature signature, Dictionary<Guid, Unit> units)
    {
        var act = signature.Act;
        var who = $"{units.GetValueOrDefault(act.UnitId)?.SignsAs} {view.People.GetValueOrDefault(act.By.Id).Name}\n{words["closure.paper.signed.on", act.On]}\n{Words.Fingerprint(act.Hash)}";
        return signature.Stale ? $"{who}\n{words["closure.sig.stale"]}" : who;
    }

    // What was said with the step, and what whoever signed it again said of the change.
    private string Opinion(ClosureCase one, ClosureAct act)
    {
        var taken = one.Taken(act);
        return taken == act ? act.Opinion : string.Join('\n', new[] { taken.Opinion, words["closure.renewed.with", act.On, act.Opinion] }.Where(text => text.Length > 0));
    }

    // The opinion; of a step that has none, what was done with it.
    private string Said(ClosureCase one, ClosureAct act) => Opinion(one, act) is { Length: > 0 } opinion ? opinion : act.StepKind switch
    {
        StepKind.Declare when one.Declaration.CompletedOn is { } on => words[one.Declaration.Outcome is ClosureOutcome.NotInvolved ? "closure.paper.done.not" : "closure.paper.done", on],
        StepKind.Notice when act.NoticeId is { } id && one.Notices.GetValueOrDefault(id) is { } notice => words["closure.notice.over", notice.Last],
        _ => words["text.none"],
    };

    private KeyValuePair<string, string> Line(string key, string value) => new(words[key], value);
}
