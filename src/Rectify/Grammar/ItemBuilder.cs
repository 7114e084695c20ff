namespace Rectify.Grammar;

/// <summary>Understands the texts that a shape found under the labels of an item.</summary>
/// <param name="given">The document's own date, for dates without a year until an item says one.</param>
internal sealed class ItemBuilder(DateOnly? given)
{
    private DateOnly? document = given;

    private static readonly (Field Field, DraftRole Role)[] UnitFields =
    [
        (Field.Units, DraftRole.Responsible), (Field.UnitsAndPersons, DraftRole.Responsible), (Field.Lead, DraftRole.Lead), (Field.LeadAndCooperate, DraftRole.Lead),
        (Field.Cooperate, DraftRole.Cooperate), (Field.Supervise, DraftRole.Supervise), (Field.Accept, DraftRole.Accept),
    ];

    public DraftItem Build(ItemParts parts, DraftNotice? notice, DraftNumber? fallback)
    {
        Requirements(parts);
        var problem = Problem(parts, out var named);
        var (goal, measureText) = GoalAndMeasures(parts);
        var number = Number(parts, named, problem, fallback);
        var deadlineText = parts.Text(Field.Deadline);
        var milestones = new List<DraftMilestone>();

        // A missing year is that of the plan's date before it; facts in the problem's text are no plan.
        var first = DeadlineGrammar.Read(deadlineText, document);
        var before = document ?? first?.Date;
        var goalSteps = DeadlineGrammar.Steps(goal.Folded, before);
        before = goalSteps.Count > 0 ? goalSteps[^1].Date.To : before;
        var deadline = DeadlineGrammar.Read(deadlineText, before) ?? OfGoal(goal) ?? OfRows(parts)
            ?? (parts.Of(Field.GoalAndDeadline).Any() ? DeadlineGrammar.Last(goal, goalSteps) : null);
        var inDeadline = DeadlineGrammar.Steps(deadlineText.Folded, before);
        before = deadline?.Date ?? before;
        milestones.AddRange(Milestones.Of(goal, goalSteps));
        milestones.AddRange(Milestones.Of(deadlineText, inDeadline));
        var stages = parts.Text(Field.Milestones).Trim();
        var listed = Milestones.Of(stages, DeadlineGrammar.Steps(stages.Folded, before), least: 1);

        var measures = new List<DraftMeasure>();
        var steps = new List<(Stretch Text, List<DatedStep> Steps)>();
        foreach (var (row, pieces) in Pieces(parts, measureText))
        {
            foreach (var piece in pieces)
            {
                var measure = Measure(piece, row, ref before, out var dated);
                steps.Add((piece.Text, dated));
                measures.Add(measure);
            }
        }

        milestones.AddRange(Milestones.OfMeasures(steps, deadline?.Date));
        document = deadline?.Date ?? document;

        var units = Units(parts);
        return new()
        {
            Number = number,
            Section = parts.Section.Trim().ToDraft(),
            Finding = Finding(parts, number),
            Problem = problem.ToDraft(),
            Goal = goal.ToDraft(),
            Measures = measures,
            Units = units.Count > 0 ? units : [.. measures.SelectMany(measure => measure.Units).DistinctBy(unit => (unit.Text, unit.Role))],
            Persons = [.. parts.Of(Field.Persons, Field.UnitsAndPersons).SelectMany(part => PersonsOf(part)).DistinctBy(person => person.Text)],
            Deadline = deadline,
            Milestones = [.. listed.Count > 0 ? listed : milestones], // a list of nodes is the whole list
            Notice = notice,
            Result = parts.Text(Field.Result, Field.MeasuresAndResult, Field.GoalAndResult).Trim().ToDraft(),
            Others = [.. parts.Of(Field.Other).Where(part => !part.Value.IsBlank).Select(part => (part.Label.Text.Trim(), part.Value.Trim().ToDraft()))],
        };
    }

    // 整改要求 beside 整改目标 is no part of the goal.
    private static void Requirements(ItemParts parts)
    {
        if (parts.Of(Field.Goal).Any(part => part.Label.Folded.Contains("目标", StringComparison.Ordinal)))
        {
            for (var i = 0; i < parts.Fields.Count; i++)
            {
                if (parts.Fields[i] is { Field: Field.Goal } part && Labels.IsRequirement(part.Label.Folded))
                {
                    parts.Fields[i] = part with { Field = Field.Other };
                }
            }
        }
    }

    // The label's value; else what stands before the first label. A number in front of the value is the item's.
    private static Stretch Problem(ItemParts parts, out DraftNumber? named)
    {
        var values = parts.Of(Field.Problem).Select(part => part.Value.Trim()).Where(value => !value.IsBlank).ToList();
        named = null;
        if (values.Count == 0)
        {
            values.Add(Stretch.Join(parts.Head).Trim());
        }

        if (Mark.TryRead(values[0].Folded, 0) is { Style: MarkStyle.Item or MarkStyle.Han } mark && mark.Rest < values[0].Length
            && !HasNext(values[0].Folded, mark))
        {
            named = ItemNumber.Read(values[0].Slice(mark.Start, mark.End));
            values[0] = values[0].Slice(mark.Rest, values[0].Length).Trim();
        }

        return Stretch.Join(values);
    }

    /// <summary>Whether a number counts on: 一、… 二、… inside one problem are its own list and not the item's number.</summary>
    public static bool HasNext(string text, Mark mark)
    {
        for (var i = mark.Rest; i < text.Length; i++)
        {
            if ((text[i - 1] is '\n' or '。' or ';') && Mark.TryRead(text, i) is { } next && next.Style == mark.Style && next.Value == mark.Value + 1)
            {
                return true;
            }
        }

        return false;
    }

    private static DraftNumber Number(ItemParts parts, DraftNumber? named, Stretch problem, DraftNumber? fallback)
    {
        var numbers = parts.Of(Field.Number).Select(part => ItemNumber.Read(part.Value)).Where(number => number.Text.Length > 0).ToList();
        var number = numbers.Find(n => n.Value is not null) ?? named
            ?? (parts.Number.IsBlank ? null : ItemNumber.Read(parts.Number)) ?? numbers.FirstOrDefault() ?? fallback ?? ItemNumber.Search(problem) ?? ItemNumber.None;
        if (number.Measure is null && ItemNumber.Read(parts.Text(Field.MeasureNumber)) is { Value: { } measure })
        {
            number = number with { Measure = measure };
        }

        return number;
    }

    // Above its tasks as the document has it; or only its number, which 364(35-11) names.
    private static DraftFinding? Finding(ItemParts parts, DraftNumber own)
    {
        var (text, number) = (parts.Finding.Trim(), ItemNumber.Read(parts.FindingNumber));
        var parent = own is { Value: not null, Child: not null } ? own.Parent : null;
        if (number.Text.Length == 0 && Mark.TryRead(text.Folded, 0) is { Style: not (MarkStyle.Part or MarkStyle.Ordinal) } mark && mark.Rest < text.Length
            && !HasNext(text.Folded, mark))
        {
            number = ItemNumber.Read(text.Slice(mark.Start, mark.End));
            text = text.Slice(mark.Rest, text.Length).Trim();
        }

        if (number.Text.Length == 0 && parent is { } named)
        {
            number = own with { Text = named.ToString(System.Globalization.CultureInfo.InvariantCulture), Value = named };
        }

        return text.IsBlank && number.Text.Length == 0 ? null : new(text.Text, number.Text, number.Value, text.IsBlank ? number.At : text.At);
    }

    private static (Stretch Goal, Stretch Measures) GoalAndMeasures(ItemParts parts)
    {
        var goal = parts.Text(Field.Goal, Field.GoalAndDeadline).Trim();
        var measures = parts.Text(Field.Measures).Trim();
        var both = parts.Text(Field.GoalAndMeasures).Trim();
        if (both.IsBlank)
        {
            return (goal, measures);
        }

        // 整改目标和措施 as one text: what is numbered is measures, what stands before is the goal.
        var pieces = Measures.Split(both);
        var numbered = pieces.FindIndex(piece => !piece.Number.IsBlank);
        var cut = numbered >= 0 ? both.Folded.IndexOf(pieces[numbered].Number.Folded + pieces[numbered].Text.Folded[..1], StringComparison.Ordinal) : -1;
        if (numbered >= 0 && cut < 0)
        {
            cut = both.Folded.IndexOf(pieces[numbered].Number.Folded, StringComparison.Ordinal);
        }

        return cut > 0 && !both.Slice(0, cut).Trim().Folded.EndsWith(':')
            ? (Stretch.Join([goal, both.Slice(0, cut).Trim()]), Stretch.Join([measures, both.Slice(cut, both.Length)]))
            : (goal, Stretch.Join([measures, both]));
    }

    private static IEnumerable<(MeasureRow? Row, List<Measures.Piece> Pieces)> Pieces(ItemParts parts, Stretch text)
    {
        if (!SaysNothing(text))
        {
            yield return (null, Measures.Split(text));
        }

        foreach (var row in parts.Rows.Where(row => !SaysNothing(row.Text)))
        {
            yield return (row, Measures.Split(row.Text));
        }
    }

    /// <summary>Whether a cell is filled in without saying anything: /, 无, 不涉及.</summary>
    public static bool SaysNothing(Stretch text) => text.Folded.AsSpan().Trim().Trim("。/\\-") is "" or "无" or "不涉及" or "暂无" or "略" or "(略)" or "不涉及该问题";

    private static DraftMeasure Measure(Measures.Piece piece, MeasureRow? row, ref DateOnly? before, out List<DatedStep> steps)
    {
        var text = piece.Text;
        steps = DeadlineGrammar.Steps(text.Folded, before);
        var note = MeasureNote.Read(text, before);
        var deadline = row is null ? null : DeadlineGrammar.Read(row.Deadline, before);
        deadline ??= note.Deadline ?? DeadlineGrammar.Last(text, steps);
        before = deadline?.Date ?? before;
        var repeated = RecurrenceGrammar.Find(text.Folded);
        var recurrence = deadline?.Recurrence ?? (repeated is { } r ? new Recurrence(text.Text[r.Start..r.End], r.Every, r.Times) : null);
        List<DraftUnit> units = row is { Units.Count: > 0 } ? UnitsOf(row.Units) : [];
        var number = row is { Number.IsBlank: false } && piece.Number.IsBlank ? row.Number : piece.Number;
        return new(number.Text.Trim(), text.ToDraft(), units.Count > 0 ? units : note.Units, deadline, recurrence, Milestones.Of(text, steps));
    }

    // A goal that says nothing but 立行立改，长期坚持 is a deadline too.
    private static DraftDeadline? OfGoal(Stretch goal) =>
        goal.Length is > 0 and <= 30 && goal.Folded.Trim().StartsWith("立行立改", StringComparison.Ordinal)
        && goal.Folded.Split(',', '、', '。', ';', ' ').All(part => part.Trim().Length <= 6)
            ? DeadlineGrammar.Read(goal, null)
            : null;

    // Where each row has its own date the item is due with the last of them.
    private DraftDeadline? OfRows(ItemParts parts)
    {
        var deadlines = parts.Rows.Select(row => DeadlineGrammar.Read(row.Deadline, document)).OfType<DraftDeadline>().ToList();
        return deadlines.Count == 0 ? null : deadlines.Where(d => d.Date is not null).MaxBy(d => d.Date) ?? deadlines[0];
    }

    private static List<DraftUnit> Units(ItemParts parts) => UnitsOf(parts.Fields);

    private static List<DraftUnit> UnitsOf(IEnumerable<Labelled> fields)
    {
        var units = new List<DraftUnit>();
        foreach (var part in fields)
        {
            foreach (var (field, role) in UnitFields)
            {
                if (part.Field == field)
                {
                    var value = field == Field.UnitsAndPersons ? UnitLines(part.Value) : part.Value;
                    var read = UnitList.Read(value, role);

                    // 牵头（配合）单位 without marks: the first leads.
                    units.AddRange(field == Field.LeadAndCooperate && read.TrueForAll(unit => unit.Role == DraftRole.Lead)
                        ? read.Select((unit, i) => i == 0 ? unit : unit with { Role = DraftRole.Cooperate })
                        : read);
                }
            }
        }

        return [.. units.DistinctBy(unit => (unit.Text, unit.Role))];
    }

    private static List<DraftPerson> PersonsOf(Labelled part) => part.Field == Field.Persons
        ? PersonList.Read(part.Value)
        : PersonList.Read(Stretch.Join(Pieces(part.Value).Select(WithoutUnit).Where(piece => !UnitList.LooksLikeUnit(piece.Folded))));

    // 市住建局（主要负责同志）: who answers stands in the brackets.
    private static Stretch WithoutUnit(Stretch piece) =>
        piece.Folded.EndsWith(')') && piece.Folded.LastIndexOf('(') is > 0 and var open && PersonList.IsPost(piece.Folded.AsSpan(open + 1, piece.Length - open - 2))
            ? piece.Slice(open + 1, piece.Length - 1)
            : piece;

    private static Stretch UnitLines(Stretch value) => Stretch.Join(Pieces(value).Where(piece => UnitList.LooksLikeUnit(piece.Folded)));

    private static IEnumerable<Stretch> Pieces(Stretch value)
    {
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value.Folded[i] is '、' or ',' or ';' or '\n' or ' ' or '/')
            {
                if (value.Slice(start, i).Trim() is { IsBlank: false } piece)
                {
                    yield return piece;
                }

                start = i + 1;
            }
        }
    }
}
