using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Plans;

/// <summary>Makes a version's content the programme's: adds, changes and takes out items. Part of the act that calls it.</summary>
internal sealed class ApplyVersion(Db db, Programme programme, UnitNames names, IReadOnlyDictionary<string, Guid> chosen, Actor by, DateTimeOffset now)
{
    private readonly List<Fact> facts = [];
    private readonly ItemTree made = new();
    private readonly HashSet<object> dropped = new(ReferenceEqualityComparer.Instance);
    private ItemTree standing = new();
    private StandingParts parts = new(new());
    private List<Aspect> aspects = [];
    private VersionFindings findings = null!;
    private DateOnly? addedOn;

    /// <param name="inForceOn">The day of the decision; changed deadlines hold from it.</param>
    /// <returns>One fact for each item that was made, changed or taken out.</returns>
    public async Task<IReadOnlyList<Fact>> RunAsync(PlanVersion version, PlanContent? before, DateOnly inForceOn, CancellationToken ct)
    {
        var content = PlanContent.Parse(version.Content);
        addedOn = before is null ? null : inForceOn; // what the first version says holds for all days before it
        aspects = await db.AspectsOf(programme.Id).Where(aspect => aspect.Kind == AspectKind.Task).ToListAsync(ct);
        standing = before is null ? new ItemTree() : await StandingAsync(ct);
        parts = new(standing);
        var tasks = standing.Items.Where(item => item.Kind is ItemKind.Task && item.RemovedOn is null)
            .OrderBy(item => item.SortKey, StringComparer.Ordinal).ToList();

        var taskOf = Standing(before?.Items ?? [], tasks);
        var pairs = PlanMatch.Items(before?.Items ?? [], content.Items);
        var places = Places([.. pairs.Where(pair => pair.Now is not null && (pair.Old is null || !taskOf.ContainsKey(pair.Old))).Select(pair => pair.Now!)], content.Items);
        findings = new(
            pairs, taskOf, standing,
            (old, now) => old is not null && taskOf.TryGetValue(old, out var task) ? VersionFindings.PlaceOf(task) : places[now], Make);
        foreach (var (old, item) in pairs)
        {
            var task = old is null ? null : taskOf.GetValueOrDefault(old);
            switch (task, item)
            {
                case (null, { } added):
                    Add(added, places[added]);
                    break;
                case ({ } gone, null):
                    Remove(gone, inForceOn);
                    break;
                case ({ } same, { } changed) when !PlanDifference.Same(old!, changed):
                    Change(same, old!, changed, inForceOn);
                    break;
                default:
                    break;
            }
        }

        ChangeFindings(inForceOn);
        DropAll();
        version.Apply(now);
        if (standing.Items.Count > 0 && findings.Any)
        {
            standing.Add(made); // a finding that stands is derived from its new tasks too
        }
        else
        {
            await ItemDerivation.RefreshAsync(db, programme, made, isNew: true, ct);
        }

        if (standing.Items.Count > 0)
        {
            standing.Reckon(); // facts that are recorded meanwhile reckon with the old plan
            await ItemDerivation.RefreshAsync(db, programme, standing, isNew: false, ct);
        }

        return facts;
    }

    private async Task<ItemTree> StandingAsync(CancellationToken ct)
    {
        var roots = await db.ItemsFor(Access.OfSystem(Actor.System(nameof(ApplyVersion))), Right.Read)
            .Where(item => item.ProgrammeId == programme.Id && item.Kind == ItemKind.Task).ToListAsync(ct);
        return await ItemTree.LoadAsync(db, roots, ct);
    }

    // Several items may bear one number: then the text decides, and after it the order.
    private static Dictionary<PlanItem, Item> Standing(IReadOnlyList<PlanItem> before, List<Item> tasks)
    {
        var byKey = tasks.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var byText = tasks.ToLookup(task => task.Text, StringComparer.Ordinal);
        var taken = new HashSet<Item>(ReferenceEqualityComparer.Instance);
        var found = new Dictionary<PlanItem, Item>(ReferenceEqualityComparer.Instance);
        foreach (var exact in new[] { true, false })
        {
            foreach (var item in before.Where(item => !found.ContainsKey(item)))
            {
                var candidates = byKey.GetValueOrDefault(item.Key, []).Where(task => !taken.Contains(task));
                var task = exact
                    ? candidates.FirstOrDefault(task => task.Text == item.Problem)
                    : candidates.FirstOrDefault() ?? byText[item.Problem].FirstOrDefault(task => !taken.Contains(task));
                if (task is not null)
                {
                    taken.Add(task);
                    found.Add(item, task);
                }
            }
        }

        return found;
    }

    // Numbers give the order where they can: unique, and not taken by an item that stands.
    private Dictionary<PlanItem, int> Places(IReadOnlyList<PlanItem> added, IReadOnlyList<PlanItem> items)
    {
        var unique = items.GroupBy(item => item.NumberValue).Where(group => group.Key is > 0 and < 50_000 && group.Count() == 1)
            .Select(group => group.Key).ToHashSet();
        var byNumber = items.All(item => unique.Contains(item.NumberValue));
        var taken = standing.Items.Where(item => item is { Kind: ItemKind.Task or ItemKind.Finding, RemovedOn: null }).Select(VersionFindings.PlaceOf).ToHashSet();
        var next = byNumber ? 50_000 : 1;
        var places = new Dictionary<PlanItem, int>(ReferenceEqualityComparer.Instance);
        foreach (var item in added)
        {
            var place = byNumber ? item.NumberValue!.Value : next;
            while (!taken.Add(place))
            {
                place = ++next;
            }

            places.Add(item, place);
        }

        return places;
    }

    private static string KeyOf(Item task) => task.NumberValue?.ToString(CultureInfo.InvariantCulture) ?? task.NumberText;

    private void Add(PlanItem plan, int place)
    {
        var task = Item.Create(programme.Id, findings.Of(plan), ItemKind.Task, place, Text(plan), addedOn);
        db.Add(task);
        made.Items.Add(task);
        AddParts(task.Id, plan.Units, plan.Persons, made);
        AddMilestones(task.Id, plan.Milestones, 1, made);
        foreach (var (i, measure) in plan.Measures.Index())
        {
            AddMeasure(task, measure, i + 1, made);
        }

        facts.Add(new ItemCreated
        {
            Subject = task.Id,
            By = by,
            At = now,
            Item = JournalBytes.Text(task.PublicId),
            ItemKind = ItemKind.Task,
            Number = task.NumberValue,
        });
    }

    private Item Make(PlanFinding plan, PlanItem first, int place)
    {
        var finding = Item.Create(programme.Id, null, ItemKind.Finding, place, Text(plan) with { AspectNo = AspectOf(first.Section) }, addedOn);
        db.Add(finding);
        made.Items.Add(finding);
        facts.Add(new ItemCreated
        {
            Subject = finding.Id,
            By = by,
            At = now,
            Item = JournalBytes.Text(finding.PublicId),
            ItemKind = ItemKind.Finding,
            Number = finding.NumberValue,
        });
        return finding;
    }

    private void ChangeFindings(DateOnly on)
    {
        foreach (var (finding, plan) in findings.Changed)
        {
            finding.Change(Text(plan) with { AspectNo = finding.AspectNo });
            facts.Add(new ItemChanged { Subject = finding.Id, By = by, At = now, Item = JournalBytes.Text(finding.PublicId) });
        }

        foreach (var finding in findings.Left)
        {
            Remove(finding, on); // its tasks are gone, or stand beneath another
        }
    }

    private void AddMeasure(Item task, PlanMeasure plan, int place, ItemTree tree)
    {
        var measure = Item.Create(programme.Id, task, ItemKind.Measure, place, Text(plan), addedOn);
        db.Add(measure);
        tree.Items.Add(measure);
        AddParts(measure.Id, plan.Units, [], tree);
    }

    private void Change(Item task, PlanItem old, PlanItem plan, DateOnly on)
    {
        task.Change(Text(plan));
        if (findings.Of(plan) is var finding && finding?.Id != task.ParentId)
        {
            findings.Move(task, finding, parts.Children);
        }

        Move(task, plan.Deadline, on);
        if (!old.Units.SequenceEqual(plan.Units) || !old.Persons.SequenceEqual(plan.Persons))
        {
            dropped.UnionWith(parts.Units[task.Id]);
            dropped.UnionWith(parts.Persons[task.Id]);
            AddParts(task.Id, plan.Units, plan.Persons, standing);
        }

        // A node that is reached stays; only what the plan dropped and nobody reached goes.
        var reached = parts.Facts[task.Id].Where(fact => fact.Kind is FactKind.MilestoneReached && fact.VoidedAt is null).Select(fact => fact.No).ToHashSet();
        var nodes = parts.Milestones[task.Id].ToList();
        dropped.UnionWith(nodes.Where(m => !reached.Contains(m.No) && !plan.Milestones.Any(p => (p.Text, p.Date) == (m.Text, m.Due))));
        AddMilestones(
            task.Id, [.. plan.Milestones.Where(p => !nodes.Exists(m => (p.Text, p.Date) == (m.Text, m.Due)))],
            nodes.Select(m => m.No).DefaultIfEmpty(0).Max() + 1, standing);
        ChangeMeasures(task, old, plan, on);
        facts.Add(new ItemChanged { Subject = task.Id, By = by, At = now, Item = JournalBytes.Text(task.PublicId) });
    }

    private void ChangeMeasures(Item task, PlanItem old, PlanItem plan, DateOnly on)
    {
        var children = parts.Children[task.Id].ToList();
        var measures = children.Where(item => item.Kind is ItemKind.Measure && item.RemovedOn is null)
            .OrderBy(item => item.SortKey, StringComparer.Ordinal).ToList();
        var next = children.Count + 1;
        foreach (var (before, now) in PlanMatch.Measures(old.Measures, plan.Measures))
        {
            // Two measures may say the same: the first takes the first.
            var measure = before is null ? null : measures.Find(m => m.Text == before.Text);
            if (measure is not null)
            {
                measures.Remove(measure);
            }

            switch (measure, now)
            {
                case (null, { } added):
                    AddMeasure(task, added, next++, standing);
                    break;
                case ({ } gone, null):
                    gone.Remove(on);
                    break;
                case ({ } same, { } changed):
                    if (Text(changed) != Text(before!))
                    {
                        same.Change(Text(changed));
                        Move(same, changed.Deadline, on);
                    }

                    if (!before!.Units.SequenceEqual(changed.Units))
                    {
                        dropped.UnionWith(parts.Units[same.Id]);
                        AddParts(same.Id, changed.Units, [], standing);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void Remove(Item task, DateOnly on)
    {
        task.Remove(on);
        for (var below = new Queue<Item>(parts.Children[task.Id].Where(item => item.ParentId == task.Id)); below.TryDequeue(out var item);)
        {
            item.Remove(on);
            foreach (var child in parts.Children[item.Id])
            {
                below.Enqueue(child);
            }
        }

        facts.Add(new ItemRemoved { Subject = task.Id, By = by, At = now, Item = JournalBytes.Text(task.PublicId) });
    }

    // The first date is never overwritten: what the new version says is a change, in force from the decision.
    private void Move(Item item, PlanDeadline? deadline, DateOnly on)
    {
        if (deadline?.Date is not { } to || item.DueOn is null || to == item.DueOn)
        {
            return;
        }

        var fact = new ItemFact
        {
            ItemId = item.Id,
            Kind = FactKind.DeadlineChanged,
            On = on,
            To = to,
            RecordedAt = now,
            RecordedBy = by,
            Sequence = parts.Facts[item.Id].Select(f => f.Sequence).DefaultIfEmpty(0).Max() + 1,
        };
        db.Add(fact);
        standing.Facts.Add(fact);
        item.MoveDeadline(to);
    }

    private void DropAll()
    {
        db.RemoveRange(dropped);
        standing.Units.RemoveAll(dropped.Contains);
        standing.Persons.RemoveAll(dropped.Contains);
        standing.Milestones.RemoveAll(dropped.Contains);
    }

    private void AddParts(Guid item, IReadOnlyList<PlanUnit> units, IReadOnlyList<PlanPerson> persons, ItemTree tree)
    {
        foreach (var (i, unit) in units.Index())
        {
            var part = new ItemUnit
            {
                ItemId = item,
                Text = Cut(unit.Text, 200),
                Role = unit.Role,
                Order = i,
                UnitId = chosen.TryGetValue(unit.Text, out var id) ? id : names.Find(unit.Text),
            };
            db.Add(part);
            tree.Units.Add(part);
        }

        foreach (var (i, person) in persons.Index())
        {
            var part = new ItemPerson { ItemId = item, Text = Cut(person.Text, 200), Generic = person.Generic, Order = i };
            db.Add(part);
            tree.Persons.Add(part);
        }
    }

    private void AddMilestones(Guid item, IReadOnlyList<PlanMilestone> milestones, int first, ItemTree tree)
    {
        foreach (var (i, milestone) in milestones.Index())
        {
            var node = new ItemMilestone { ItemId = item, No = first + i, Text = milestone.Text, Due = milestone.Date };
            db.Add(node);
            tree.Milestones.Add(node);
        }
    }

    private ItemText Text(PlanItem plan) => new(Cut(plan.Number, 100), plan.NumberValue, plan.Problem)
    {
        Goal = plan.Goal,
        AspectNo = AspectOf(plan.Section),
        Deadline = PlanDeadline.ToItem(plan.Deadline),
    };

    private static ItemText Text(PlanFinding plan) => new(Cut(plan.Number, 100), plan.NumberValue, plan.Text);

    private static ItemText Text(PlanMeasure plan) => new(Cut(plan.Number, 100), null, plan.Text)
    {
        Deadline = PlanDeadline.ToItem(plan.Deadline),
        Recurrence = plan.Recurrence,
    };

    private int? AspectOf(string section)
    {
        if (section.Trim() is not { Length: > 0 } name)
        {
            return null;
        }

        name = Cut(name, 200);
        if (aspects.Find(aspect => aspect.Name == name) is { } known)
        {
            return known.No;
        }

        var aspect = new Aspect
        {
            ProgrammeId = programme.Id,
            Kind = AspectKind.Task,
            Name = name,
            No = aspects.Select(a => a.No).DefaultIfEmpty(0).Max() + 1,
        };
        db.Add(aspect);
        aspects.Add(aspect);
        return aspect.No;
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
