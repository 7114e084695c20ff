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
    private List<Aspect> aspects = [];

    /// <param name="inForceOn">The day of the decision; changed deadlines hold from it.</param>
    /// <returns>One fact for each item that was made, changed or taken out.</returns>
    public async Task<IReadOnlyList<Fact>> RunAsync(PlanVersion version, PlanContent? before, DateOnly inForceOn, CancellationToken ct)
    {
        var content = PlanContent.Parse(version.Content);
        aspects = await db.AspectsOf(programme.Id).Where(aspect => aspect.Kind == AspectKind.Task).ToListAsync(ct);
        var standing = before is null ? new ItemTree() : await StandingAsync(ct);
        var tasks = standing.Items.Where(item => item.Kind is ItemKind.Task && item.RemovedOn is null).ToList();

        var pairs = PlanMatch.Items(before?.Items ?? [], content.Items);
        var places = Places(content.Items, tasks);
        foreach (var (old, item) in pairs)
        {
            var task = old is null ? null : tasks.Find(t => KeyOf(t) == old.Key);
            switch (task, item)
            {
                case (null, { } added):
                    Add(added, places[added]);
                    break;
                case ({ } gone, null):
                    Remove(gone, standing, inForceOn);
                    break;
                case ({ } same, { } changed) when !Equal(old!, changed):
                    Change(same, old!, changed, standing, inForceOn);
                    break;
                default:
                    break;
            }
        }

        version.Apply(now);
        await ItemDerivation.RefreshAsync(db, programme, made, isNew: true, ct);
        if (standing.Items.Count > 0)
        {
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

    // Numbers give the order where they can: unique, and not taken by an item that stands.
    private static Dictionary<PlanItem, int> Places(IReadOnlyList<PlanItem> items, List<Item> standing)
    {
        var unique = items.GroupBy(item => item.NumberValue).Where(group => group.Key is > 0 and < 50_000 && group.Count() == 1)
            .Select(group => group.Key).ToHashSet();
        var byNumber = items.All(item => unique.Contains(item.NumberValue));
        var taken = standing.Select(item => int.Parse(item.SortKey.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var next = byNumber ? 50_000 : 1;
        var places = new Dictionary<PlanItem, int>(ReferenceEqualityComparer.Instance);
        foreach (var item in items)
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

    private static string KeyOf(Item task) =>
        task.NumberValue?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? task.NumberText;

    private static bool Equal(PlanItem a, PlanItem b) =>
        PlanDifference.Between(new("", [a]), new("", [b])).Count == 0;

    private void Add(PlanItem plan, int place)
    {
        var task = Item.Create(programme.Id, null, ItemKind.Task, place, Text(plan));
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
            Subject = task.Id, By = by, At = now, Item = JournalBytes.Text(task.PublicId), ItemKind = ItemKind.Task, Number = task.NumberValue,
        });
    }

    private void AddMeasure(Item task, PlanMeasure plan, int place, ItemTree tree)
    {
        var measure = Item.Create(programme.Id, task, ItemKind.Measure, place, Text(plan));
        db.Add(measure);
        tree.Items.Add(measure);
        AddParts(measure.Id, plan.Units, [], tree);
    }

    private void Change(Item task, PlanItem old, PlanItem plan, ItemTree tree, DateOnly on)
    {
        task.Change(Text(plan));
        Move(task, plan.Deadline, tree, on);
        if (!old.Units.SequenceEqual(plan.Units) || !old.Persons.SequenceEqual(plan.Persons))
        {
            Drop(tree.Units, unit => unit.ItemId == task.Id);
            Drop(tree.Persons, person => person.ItemId == task.Id);
            AddParts(task.Id, plan.Units, plan.Persons, tree);
        }

        // A node that is reached stays; only what the plan dropped and nobody reached goes.
        var reached = tree.Facts.Where(fact => fact.ItemId == task.Id && fact.Kind is FactKind.MilestoneReached).Select(fact => fact.No).ToHashSet();
        var nodes = tree.Milestones.Where(m => m.ItemId == task.Id).ToList();
        Drop(tree.Milestones, m => m.ItemId == task.Id && !reached.Contains(m.No) && !plan.Milestones.Any(p => (p.Text, p.Date) == (m.Text, m.Due)));
        AddMilestones(
            task.Id, [.. plan.Milestones.Where(p => !nodes.Exists(m => (p.Text, p.Date) == (m.Text, m.Due)))],
            nodes.Select(m => m.No).DefaultIfEmpty(0).Max() + 1, tree);
        ChangeMeasures(task, old, plan, tree, on);
        facts.Add(new ItemChanged { Subject = task.Id, By = by, At = now, Item = JournalBytes.Text(task.PublicId) });
    }

    private void ChangeMeasures(Item task, PlanItem old, PlanItem plan, ItemTree tree, DateOnly on)
    {
        var measures = tree.Items.Where(item => item.ParentId == task.Id && item.Kind is ItemKind.Measure && item.RemovedOn is null)
            .OrderBy(item => item.SortKey, StringComparer.Ordinal).ToList();
        var next = tree.Items.Count(item => item.ParentId == task.Id) + 1;
        foreach (var (before, now) in PlanMatch.Measures(old.Measures, plan.Measures))
        {
            var measure = before is null ? null : measures.Find(m => m.Text == before.Text);
            switch (measure, now)
            {
                case (null, { } added):
                    AddMeasure(task, added, next++, tree);
                    break;
                case ({ } gone, null):
                    gone.Remove(on);
                    break;
                case ({ } same, { } changed):
                    if (Text(changed) != Text(before!))
                    {
                        same.Change(Text(changed));
                        Move(same, changed.Deadline, tree, on);
                    }

                    if (!before!.Units.SequenceEqual(changed.Units))
                    {
                        Drop(tree.Units, unit => unit.ItemId == same.Id);
                        AddParts(same.Id, changed.Units, [], tree);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void Remove(Item task, ItemTree tree, DateOnly on)
    {
        foreach (var item in tree.Items.Where(item => item.Id == task.Id || item.SortKey.StartsWith(task.SortKey + ".", StringComparison.Ordinal)))
        {
            item.Remove(on);
        }

        facts.Add(new ItemRemoved { Subject = task.Id, By = by, At = now, Item = JournalBytes.Text(task.PublicId) });
    }

    // The first date is never overwritten: what the new version says is a change, in force from the decision.
    private void Move(Item item, PlanDeadline? deadline, ItemTree tree, DateOnly on)
    {
        if (deadline?.Date is not { } to || item.DueOn is null || to == item.DueOn)
        {
            return;
        }

        var fact = new ItemFact
        {
            ItemId = item.Id, Kind = FactKind.DeadlineChanged, On = on, To = to, RecordedAt = now,
            Sequence = tree.Facts.Where(f => f.ItemId == item.Id).Select(f => f.Sequence).DefaultIfEmpty(0).Max() + 1,
        };
        db.Add(fact);
        tree.Facts.Add(fact);
        item.MoveDeadline(to);
    }

    private void Drop<T>(List<T> rows, Predicate<T> which) where T : class
    {
        db.RemoveRange(rows.FindAll(which));
        rows.RemoveAll(which);
    }

    private void AddParts(Guid item, IReadOnlyList<PlanUnit> units, IReadOnlyList<PlanPerson> persons, ItemTree tree)
    {
        foreach (var (i, unit) in units.Index())
        {
            var part = new ItemUnit
            {
                ItemId = item, Text = Cut(unit.Text, 200), Role = unit.Role, Order = i,
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
        Goal = plan.Goal, AspectNo = AspectOf(plan.Section), Deadline = PlanDeadline.ToItem(plan.Deadline),
    };

    private static ItemText Text(PlanMeasure plan) => new(Cut(plan.Number, 100), null, plan.Text)
    {
        Deadline = PlanDeadline.ToItem(plan.Deadline), Recurrence = plan.Recurrence,
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
            ProgrammeId = programme.Id, Kind = AspectKind.Task, Name = name, No = aspects.Select(a => a.No).DefaultIfEmpty(0).Max() + 1,
        };
        db.Add(aspect);
        aspects.Add(aspect);
        return aspect.No;
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
