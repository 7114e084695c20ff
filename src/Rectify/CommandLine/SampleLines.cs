using Rectify.Dispatch;
using Rectify.Tasks.Timeline;

namespace Rectify.CommandLine;

/// <summary>What units state in the lines of one round: figures and nodes by the history, words by the phrases.</summary>
/// <param name="now">Status and light of each item on the round's day.</param>
/// <param name="reached">Nodes that are recorded already.</param>
internal sealed class SampleLines(
    SampleFiles files, IReadOnlyList<SampleTaskPlay> tasks, SampleRound round, IReadOnlyDictionary<Guid, (ItemStatus Status, Light Light)> now,
    IReadOnlySet<(Guid Item, int? No)> reached)
{
    private readonly Dictionary<Guid, SampleTaskPlay> byItem = tasks.ToDictionary(task => task.Item.Id);
    private readonly SamplePhrases phrases = files.Phrases;
    private readonly int turn = files.History.Rounds.ToList().IndexOf(round);

    private DateOnly From => ReportPeriod.Of(round.Kind, round.AsOf).From;

    private string Before => files.History.Rounds.LastOrDefault(one => one.AsOf < From)?.Id ?? "";

    public StatedLine Of(ReturnLine line, string unit) =>
        !byItem.TryGetValue(line.ItemId, out var task) ? OfPart(line, unit)
        : task.Task.Units.Any(one => one.Unit == unit && one.Role == "lead") ? OfLead(line, task, unit)
        : OfHelper(line, task, unit);

    /// <summary>The line with what was asked for; <see langword="null"/> for lines that nobody asked about.</summary>
    public StatedLine? Amended(ReturnLine line, SampleBack? back) =>
        back is not null && byItem.TryGetValue(line.ItemId, out var task) && task.Task.Number == back.Task && !line.Work.EndsWith(back.Amended, StringComparison.Ordinal)
            ? line.Stated with { Work = line.Work + back.Amended }
            : null;

    private StatedLine OfPart(ReturnLine line, string unit)
    {
        var part = files.Dispatch.Parts.Single(one => one.Unit == unit);
        var type = files.Plan.Tasks[part.Task - 1].TaskType;
        var percent = part.Percent[round.Id];
        Dictionary<string, string> gaps = new() { ["percent"] = $"{percent}", ["month"] = phrases.Month(round.AsOf), ["unit"] = phrases.Unit(unit), ["where"] = phrases.Unit(unit) };
        return line.Stated with
        {
            Percent = percent,
            Work = phrases.Say("part", "", type, unit, turn, gaps),
            Problems = Problem(Above(part.Task), type, unit, gaps),
            NextSteps = phrases.Say("next", "part", type, unit, turn, gaps),
        };
    }

    private StatedLine OfHelper(ReturnLine line, SampleTaskPlay task, string unit)
    {
        // Units that help with one task say different things.
        var (type, seed, gaps) = (task.Task.TaskType, $"{task.Task.Number}", Gaps(task, unit));
        var own = turn + task.Task.Units.TakeWhile(one => one.Unit != unit).Count();
        return line.Stated with
        {
            Work = phrases.Say("help", "", type, seed, own, gaps),
            Problems = phrases.Say("problem", "help", type, seed, own, gaps),
            NextSteps = phrases.Say("next", "help", type, seed, own, gaps),
        };
    }

    private StatedLine OfLead(ReturnLine line, SampleTaskPlay task, string unit)
    {
        var (told, before) = (task.Told.Progress.FirstOrDefault(one => one.Round == round.Id), task.Told.Progress.FirstOrDefault(one => one.Round == Before));
        var gaps = Gaps(task, unit);
        return line.Stated with
        {
            Figures = [.. line.Stated.Figures.Select(figure => Figure(figure.Quantity, task, told))],
            Nodes =
            [
                .. from node in task.Told.Milestones
                   where node.ReachedOn <= round.AsOf
                   let no = task.Nodes.First(one => one.Due == node.Due).No
                   where !reached.Contains((task.Item.Id, no))
                   select new StatedNode(no, node.ReachedOn),
            ],
            Work = Work(task, told, before, gaps),
            Problems = Problem(now[line.ItemId], task.Task.TaskType, $"{task.Task.Number}", gaps),
            NextSteps = Next(task, gaps),
        };
    }

    private StatedFigure Figure(Guid quantity, SampleTaskPlay task, SampleProgress? told)
    {
        var measure = task.Task.Measures[task.Measures.Index().Single(one => one.Item.Id == quantity).Index];
        var number = task.Task.Number;
        var wrong = files.Dispatch.Corrections.FirstOrDefault(one => (one.Round, one.Task, one.Measure) == (round.Id, number, measure.No));
        var mended = files.Dispatch.Corrections.FirstOrDefault(one => (one.Round, one.Task, one.Measure) == (Before, number, measure.No));
        var reason = files.Dispatch.Reasons.FirstOrDefault(one => (one.Round, one.Task, one.Measure) == (round.Id, number, measure.No));
        var value = task.Whole(measure, wrong?.Stated ?? told?.Quantities[$"{measure.No}"] ?? measure.Quantity!.Baseline);
        return mended is null
            ? new(quantity, value, reason?.Reason ?? "")
            : new(quantity, value, "", task.Whole(measure, task.Told.Progress.First(one => one.Round == Before).Quantities[$"{measure.No}"]), mended.Reason);
    }

    private string Work(SampleTaskPlay task, SampleProgress? told, SampleProgress? before, Dictionary<string, string> gaps)
    {
        var (type, number, from) = (task.Task.TaskType, task.Task.Number, From);
        string Say(string slot, int nth = 0) => phrases.Say(slot, "", type, $"{number}.{nth}", turn, gaps);
        var said = new List<string>();
        if (task.Told.StartedOn > round.AsOf)
        {
            said.Add(Say("waiting"));
        }
        else if (task.Told.StartedOn >= from)
        {
            gaps["day"] = phrases.Day(task.Told.StartedOn);
            said.Add(Say("begun"));
        }
        else
        {
            said.Add(task.Told.Cycles.Any(cycle => cycle.ReopenedOn >= from && cycle.ReopenedOn <= round.AsOf) ? Say("again") : Say("lead"));
        }

        foreach (var measure in task.Task.Measures.Where(measure => measure.Quantity is not null && told is not null))
        {
            var stated = Stated(task, measure, told!);
            var last = before is null ? measure.Quantity!.Baseline : before.Quantities.GetValueOrDefault($"{measure.No}", measure.Quantity!.Baseline);
            if (stated == last && last == measure.Quantity!.Target)
            {
                continue;
            }

            Fill(gaps, measure.Quantity!, last, stated);
            said.Add(Say(stated == measure.Quantity!.Target ? "reached" : stated == last ? "still" : stated < last ? "fallen" : "grown", measure.No));
        }

        foreach (var (measure, known) in task.Task.Measures.Zip(task.Told.Measures).Where(pair => pair.First.Quantity is null && pair.Second.DoneOn >= from && pair.Second.DoneOn <= round.AsOf))
        {
            (gaps["no"], gaps["measure"], gaps["day"]) = ($"{measure.No}", SamplePhrases.Clause(measure.Text), phrases.Day(known.DoneOn!.Value));
            said.Add(Say("done", measure.No));
        }

        foreach (var node in task.Told.Milestones.Where(node => node.ReachedOn >= from && node.ReachedOn <= round.AsOf))
        {
            (gaps["node"], gaps["due"], gaps["day"]) = (task.Task.Milestones.First(one => one.Due == node.Due).Text, phrases.Day(node.Due), phrases.Day(node.ReachedOn!.Value));
            said.Add(Say(node.ReachedOn > node.Due ? "late" : "node"));
        }

        return string.Concat(said);
    }

    // Words say what the figure beside them says, wrong or not.
    private decimal Stated(SampleTaskPlay task, SampleMeasure measure, SampleProgress told) =>
        files.Dispatch.Corrections.FirstOrDefault(one => (one.Round, one.Task, one.Measure) == (round.Id, task.Task.Number, measure.No))?.Stated ?? told.Quantities[$"{measure.No}"];

    private void Fill(Dictionary<string, string> gaps, SampleQuantity quantity, decimal last, decimal value)
    {
        (gaps["name"], gaps["per"], gaps["day"]) = (quantity.Name, quantity.Unit, phrases.Day(round.AsOf));
        (gaps["value"], gaps["before"], gaps["target"]) = (SamplePhrases.Number(value), SamplePhrases.Number(last), SamplePhrases.Number(quantity.Target));
        (gaps["added"], gaps["left"]) = (SamplePhrases.Number(Math.Abs(value - last)), SamplePhrases.Number(Math.Abs(quantity.Target - value)));
        gaps["share"] = SamplePhrases.Number(Math.Round(100 * (value - quantity.Baseline) / (quantity.Target - quantity.Baseline), 1));
    }

    // A part has the troubles of its task, as the history tells them: what others report in the same round changes nothing of it.
    private (ItemStatus Status, Light Light) Above(int task) => files.History.Tasks.Single(one => one.Task == task).Progress.FirstOrDefault(one => one.Round == round.Id)?.Status switch
    {
        "overdue" => (ItemStatus.Overdue, Light.Red),
        "behind" => (ItemStatus.Behind, Light.Yellow),
        "returned" => (ItemStatus.Returned, Light.Yellow),
        "reopened" => (ItemStatus.Reopened, Light.Yellow),
        _ => (ItemStatus.OnTrack, Light.Green),
    };

    private string Problem((ItemStatus Status, Light Light) stands, string type, string seed, IReadOnlyDictionary<string, string> gaps)
    {
        var (status, light) = stands;
        var winter = round.AsOf.Month is 11 or 12 or 1 or 2;
        var when = status switch
        {
            ItemStatus.Overdue => "overdue",
            ItemStatus.Behind => winter && SamplePhrases.Mark($"{seed}{round.Id}") % 2 == 0 ? "winter" : "behind",
            ItemStatus.Returned => "returned",
            ItemStatus.Reopened => "reopened",
            _ => light is Light.Yellow or Light.Red ? "yellow" : "none",
        };
        return phrases.Say("problem", when, type, seed, turn, gaps);
    }

    private string Next(SampleTaskPlay task, Dictionary<string, string> gaps)
    {
        var (type, seed) = (task.Task.TaskType, $"{task.Task.Number}");
        var open = task.Task.Measures.Zip(task.Told.Measures).Where(pair => pair.First.Deadline?.Kind == "fixed" && !(pair.Second.DoneOn <= round.AsOf)).Select(pair => pair.First).FirstOrDefault();
        if (open is null)
        {
            return phrases.Say("next", "rest", type, seed, turn, gaps);
        }

        (gaps["no"], gaps["measure"], gaps["due"]) = ($"{open.No}", SamplePhrases.Clause(open.Text), open.Deadline!.Text);
        return phrases.Say("next", now[task.Item.Id].Status is ItemStatus.Overdue ? "overdue" : "open", type, seed, turn, gaps);
    }

    private Dictionary<string, string> Gaps(SampleTaskPlay task, string unit)
    {
        var lead = task.Task.Units.Single(one => one.Role == "lead").Unit;
        var places = task.Task.Implementers;
        return new()
        {
            ["unit"] = phrases.Unit(unit),
            ["lead"] = phrases.Unit(lead),
            ["number"] = task.Task.NumberText,
            ["where"] = places.Count == 0 ? phrases.Somewhere : phrases.Unit(places[(int)((SamplePhrases.Mark(unit + task.Task.Number) + (uint)turn) % (uint)places.Count)]),
            ["month"] = phrases.Month(round.AsOf),
        };
    }
}
