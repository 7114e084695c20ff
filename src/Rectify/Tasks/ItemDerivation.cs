using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Search;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Makes what is derived from items: spans of status and light, scopes, search texts. In the act's own transaction.</summary>
internal static class ItemDerivation
{
    /// <summary>Items whose derived rows are read in one query.</summary>
    private const int Batch = 500;

    /// <summary>Computes the derived rows of the tree anew and replaces those that differ. Saves nothing.</summary>
    /// <param name="isNew">Whether the items were just made: then there are no rows to replace.</param>
    public static async Task RefreshAsync(Db db, Programme programme, ItemTree tree, bool isNew, CancellationToken ct)
    {
        var ids = tree.Items.Select(item => item.Id).ToList();
        var (spans, scopes, texts) = isNew ? ([], [], []) : await StoredAsync(db, ids, ct);
        var parents = await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.ParentId, ct);

        Replace(db, spans, Spans(programme, tree), span => (span.ItemId, span.From),
            (a, b) => (a.Until, a.Status, a.Light, a.Reason, a.SortKey) == (b.Until, b.Status, b.Light, b.Reason, b.SortKey));
        Replace(db, scopes, Scopes(tree, parents), scope => (scope.ItemId, scope.UnitId), (a, b) => a.SortKey == b.SortKey);
        Replace(db, texts, Texts(tree), text => (text.Part, text.Field, text.Folded), (_, _) => true);
    }

    /// <summary>Computes everything of a programme anew after something changed that all its items depend on: its approval, its margins. Saves nothing.</summary>
    /// <remarks>Every item counts it: whoever records a fact of one of them at the same time reckoned with the old, and one of the two is refused.</remarks>
    public static async Task RefreshAllAsync(Db db, Programme programme, CancellationToken ct)
    {
        var everything = Access.OfSystem(Platform.Actor.System(nameof(ItemDerivation)));
        var roots = await db.ItemsFor(everything, Right.Read).Where(item => item.ProgrammeId == programme.Id && item.ParentId == null).ToListAsync(ct);
        var tree = await ItemTree.LoadAsync(db, roots, ct);
        tree.Reckon();
        await RefreshAsync(db, programme, tree, isNew: false, ct);
    }

    private static async Task<(List<StatusSpan>, List<ItemScope>, List<SearchText>)> StoredAsync(
        Db db, List<Guid> ids, CancellationToken ct)
    {
        var (spans, scopes, texts) = (new List<StatusSpan>(), new List<ItemScope>(), new List<SearchText>());
        foreach (var batch in ids.Chunk(Batch))
        {
            spans.AddRange(await db.StatusSpans().Where(span => batch.Contains(span.ItemId)).ToListAsync(ct));
            scopes.AddRange(await db.ItemScopes().Where(scope => batch.Contains(scope.ItemId)).ToListAsync(ct));
            texts.AddRange(await db.SearchTexts.Where(text => batch.Contains(text.Part)).ToListAsync(ct));
        }

        return (spans, scopes, texts);
    }

    private static void Replace<TRow, TKey>(
        Db db, List<TRow> stored, IEnumerable<TRow> wanted, Func<TRow, TKey> key, Func<TRow, TRow, bool> same)
        where TRow : class, IBulkRow
        where TKey : notnull
    {
        var rest = new Dictionary<TKey, TRow>();
        foreach (var row in stored)
        {
            if (!rest.TryAdd(key(row), row))
            {
                db.Remove(row);
            }
        }

        var added = new List<IBulkRow>();
        foreach (var row in wanted)
        {
            if (rest.Remove(key(row), out var old))
            {
                if (!same(old, row))
                {
                    db.Entry(old).CurrentValues.SetValues(row);
                }
            }
            else
            {
                added.Add(row);
            }
        }

        db.AddInBulk(added);

        db.RemoveRange(rest.Values);
    }

    private static IEnumerable<StatusSpan> Spans(Programme programme, ItemTree tree)
    {
        var facts = tree.Facts.Where(fact => fact.VoidedAt is null).ToLookup(fact => fact.ItemId);
        var milestones = tree.Milestones.ToLookup(milestone => milestone.ItemId);
        var children = tree.Items.Where(item => item.ParentId is not null).ToLookup(item => item.ParentId!.Value);
        IReadOnlyList<Span> Of(Item item) => ItemTimeline.Compute(Input(programme, item, children[item.Id], milestones[item.Id], facts));
        var own = tree.Items.Where(item => item.Kind is not ItemKind.Finding).ToDictionary(item => item.Id, item => Standing(item, Of(item)));
        return
            from item in tree.Items
            let tasks = item.Kind is ItemKind.Finding ? children[item.Id].Where(task => own.ContainsKey(task.Id)).Select(task => own[task.Id]).ToList() : []
            from span in own.TryGetValue(item.Id, out var spans) ? spans : Standing(item, tasks.Count > 0 ? FindingTimeline.Compute(tasks, Of(item)) : Of(item))
            select new StatusSpan
            {
                ItemId = item.Id,
                From = span.From,
                Until = span.Until,
                Status = span.Status,
                Light = span.Light,
                Reason = ReasonText.Write(span.Reason),
                ProgrammeId = item.ProgrammeId,
                Kind = item.Kind,
                SortKey = item.SortKey,
            };
    }

    // From the day on which it came into the plan to the day before it was taken out: on other days it has no status.
    private static IReadOnlyList<Span> Standing(Item item, IReadOnlyList<Span> spans)
    {
        var (first, end) = (item.AddedOn ?? DateOnly.MinValue, item.RemovedOn ?? DateOnly.MaxValue);
        return first == DateOnly.MinValue && end == DateOnly.MaxValue ? spans
            : [.. spans.Where(span => span.From < end && span.Until > first).Select(span => span with { From = span.From < first ? first : span.From, Until = span.Until > end ? end : span.Until }).Where(span => span.From < span.Until)];
    }

    // What happened to a measure is kept at the measure; for the task above it is progress.
    internal static TimelineInput Input(
        Programme programme, Item item, IEnumerable<Item> children, IEnumerable<ItemMilestone> milestones,
        ILookup<Guid, ItemFact> facts)
    {
        var measures = children.Where(child => child.Kind is ItemKind.Measure && child.RemovedOn == item.RemovedOn) // one that was taken out has those that went with it
            .OrderBy(child => child.SortKey, StringComparer.Ordinal).Select((child, i) => (No: i + 1, Item: child)).ToList();
        if (item.QuantityTarget is not null && measures.Count == 0)
        {
            measures = [(1, item)]; // a measure's own quantity is its own progress
        }

        return new()
        {
            Deadline = item.DeadlineDate,
            Standing = item.Standing,
            PlanApprovedOn = programme.ApprovedOn,
            Rules = programme.Rules,
            Milestones = [.. milestones.OrderBy(m => m.No).Select(m => new Milestone(m.No, m.Due))],
            Measures = [.. measures.Select(measure => new Measure(
                measure.No,
                measure.Item.DueOn is { } due && due < (item.DeadlineDate ?? DateOnly.MaxValue) ? due : null,
                measure.Item.RecurrenceEvery.Length > 0,
                QuantityOf(measure.Item)))],
            Facts =
            [
                .. facts[item.Id].Select(fact => Dated(fact, item)),
                .. from measure in measures
                   where measure.Item != item
                   from fact in facts[measure.Item.Id]
                   let kind = fact.Kind switch
                   {
                       FactKind.Completed => FactKind.MeasureDone,
                       FactKind.Measured => FactKind.Measured,
                       _ => (FactKind?)null,
                   }
                   where kind is not null
                   select Dated(fact, measure.Item) with { Kind = kind.Value, No = measure.No },
            ],
        };
    }

    private static Quantity? QuantityOf(Item measure) =>
        measure is { QuantityBaseline: { } baseline, QuantityTarget: { } target }
            ? new(AtScale(baseline, measure.QuantityScale), AtScale(target, measure.QuantityScale))
            : null;

    private static DatedFact Dated(ItemFact fact, Item item) => new(
        fact.Kind, fact.On, fact.Sequence, fact.Kind is FactKind.Measured && item.QuantityTarget is not null ? fact.No ?? 1 : fact.No,
        fact.Value is { } value ? AtScale(value, fact.Kind is FactKind.Measured ? item.QuantityScale : 0) : null, fact.To);

    /// <summary>A figure kept as a whole number, as the number it means.</summary>
    internal static decimal AtScale(long figure, int scale) => figure / PowersOfTen[scale];

    private static readonly decimal[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    // A part is seen by whoever sees the whole, and by its own units; the whole is seen by the units of its parts.
    // Taking out takes nothing from anybody's sight: who could read it reads it still.
    private static IEnumerable<ItemScope> Scopes(ItemTree tree, Dictionary<Guid, Guid?> parents)
    {
        var own = tree.Units.Where(part => part.UnitId is not null).ToLookup(part => part.ItemId, part => part.UnitId!.Value);
        var items = tree.Items.OrderBy(item => item.SortKey, StringComparer.Ordinal).ToList();
        var down = new Dictionary<Guid, HashSet<Guid>>(); // units of the item and of all above it
        var up = items.ToDictionary(item => item.Id, item => own[item.Id].ToHashSet()); // of the item and of all below it
        foreach (var item in items)
        {
            down[item.Id] = [.. own[item.Id], .. item.ParentId is { } parent ? down.GetValueOrDefault(parent, []) : []];
        }

        foreach (var item in items.AsEnumerable().Reverse())
        {
            if (item.ParentId is { } parent && up.TryGetValue(parent, out var above))
            {
                above.UnionWith(up[item.Id]);
            }
        }

        return
            from item in items
            from unit in up[item.Id].Union(down[item.Id]).SelectMany(unit => Upwards(unit, parents)).Distinct()
            select new ItemScope
            {
                ItemId = item.Id,
                UnitId = unit,
                ProgrammeId = item.ProgrammeId,
                Kind = item.Kind,
                SortKey = item.SortKey,
            };
    }

    private static IEnumerable<Guid> Upwards(Guid unit, Dictionary<Guid, Guid?> parents)
    {
        for (Guid? next = unit; next is { } here; next = parents.GetValueOrDefault(here))
        {
            yield return here;
        }
    }

    private static IEnumerable<SearchText> Texts(ItemTree tree)
    {
        var leadsTo = LeadsTo(tree);
        return tree.Items.Where(item => item.RemovedOn is null)
            .SelectMany(item => (IEnumerable<SearchText>)
            [
                .. SearchText.Of(leadsTo[item.Id], item.Id, "number", item.NumberText),
                .. SearchText.Of(leadsTo[item.Id], item.Id, item.Kind is ItemKind.Measure ? "measure" : "problem", item.Text),
                .. SearchText.Of(leadsTo[item.Id], item.Id, "title", item.Text.StartsWith(item.Title, StringComparison.Ordinal) ? "" : item.Title),
                .. SearchText.Of(leadsTo[item.Id], item.Id, "goal", item.Goal),
                .. SearchText.Of(leadsTo[item.Id], item.Id, "deadline", item.DeadlineText),
            ])
            .Concat(tree.Units.SelectMany(part => SearchText.Of(leadsTo[part.ItemId], part.ItemId, "unit", part.Text)))
            .Concat(tree.Persons.SelectMany(part => SearchText.Of(leadsTo[part.ItemId], part.ItemId, "person", part.Text)))
            .Concat(tree.Milestones.SelectMany(part => SearchText.Of(leadsTo[part.ItemId], part.ItemId, "milestone", part.Text)))
            .Concat(tree.Facts.SelectMany(fact => SearchText.Of(leadsTo[fact.ItemId], fact.ItemId, "fact", $"{fact.Document} {fact.Note}")))
            .DistinctBy(text => (text.Part, text.Field, text.Folded));
    }

    // A hit in a measure leads to its task; one in a finding to the finding.
    private static Dictionary<Guid, Guid> LeadsTo(ItemTree tree)
    {
        var leads = new Dictionary<Guid, Guid>();
        foreach (var item in tree.Items.OrderBy(item => item.SortKey, StringComparer.Ordinal))
        {
            leads[item.Id] = item.Kind is ItemKind.Task or ItemKind.Finding || item.ParentId is null
                ? item.Id
                : leads.GetValueOrDefault(item.ParentId.Value, item.Id);
        }

        return leads;
    }
}

/// <summary>A light's reason as one text: code, date, node, points, until, parted by bars.</summary>
internal static class ReasonText
{
    public static string Write(LightReason reason) => FormattableString.Invariant(
        $"{reason.Code}|{reason.Date:yyyy-MM-dd}|{reason.Node}|{reason.Points}|{reason.Until:yyyy-MM-dd}");

    public static LightReason Read(string text)
    {
        var parts = text.Split('|');
        return new(Enum.Parse<LightCode>(parts[0]), Date(parts[1]), Number(parts[2]), Number(parts[3]), Date(parts[4]));
    }

    private static DateOnly? Date(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
