using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Samples;

/// <summary>The annex: every task with its labelled lines and its measures, under its aspect.</summary>
internal sealed class TaskList(Plan plan, PlanSpelling spelling, Revision? revision)
{
    private readonly TrackedChanges tracked =
        new("云岭自治区整改办", revision?.Approval.Date ?? plan.Programme.PublishedOn);

    /// <summary>How many automatic lists <see cref="Blocks"/> refers to, known before it runs.</summary>
    public int Lists => plan.Tasks.Count(IsAutomatic);

    public IEnumerable<OpenXmlElement> Blocks()
    {
        var list = 0;
        foreach (var aspect in plan.Aspects)
        {
            yield return Word.Paragraph(WordStyles.Aspect, $"{Numeral(aspect.No)}、{aspect.Name}");
            foreach (var task in plan.Tasks.Where(t => t.Aspect == aspect.No))
            {
                var automatic = IsAutomatic(task) ? ++list : 0;
                foreach (var paragraph in Heading(task).Concat(Measures(task, automatic)))
                {
                    yield return paragraph;
                }
            }
        }
    }

    // Chapters are drafted by different hands: in two of them the measures carry Word's numbers, in the others typed ones.
    private static bool IsAutomatic(PlanTask task) => task.Aspect is 3 or 4;

    private IEnumerable<Paragraph> Heading(PlanTask task)
    {
        yield return Word.Paragraph(WordStyles.Task, $"{task.NumberText}　{task.Problem}");
        var lead = spelling.Long(task.UnitsAs("lead").Single(), task) + "（牵头）";
        yield return Field("责任单位", string.Join('、', task.UnitsAs("cooperate").Select(id => spelling.Short(id, task)).Prepend(lead)));
        if (task.Implementers.Count > 0)
        {
            yield return Field("落实单位", string.Join('、', task.Implementers.Select(id => spelling.Short(id, task))));
        }

        yield return Field("责任人", task.Person);
        yield return Field("督导单位", string.Join('、', task.UnitsAs("supervise").Select(id => spelling.Short(id, task))));
        yield return Field("验收单位", string.Join('、', task.UnitsAs("accept").Select(id => spelling.Long(id, task))));
        yield return Field("整改目标", task.Goal, revision?.Before(task.Number, null, "goal"));
        yield return Field("整改时限", task.Deadline.Text);
        if (task.Milestones.Count > 0)
        {
            yield return Field("交账节点", string.Join('；', task.Milestones.Select(m => $"{MeasureWording.ByEndOf(m.Due)}，{m.Text}")) + "。");
        }
    }

    private IEnumerable<Paragraph> Measures(PlanTask task, int list)
    {
        var label = Word.Paragraph(WordStyles.Field, Word.Run("整改措施：", WordStyles.Label));
        label.ParagraphProperties!.KeepNext = new();
        yield return label;
        foreach (var measure in task.Measures)
        {
            var text = MeasureWording.Of(measure);
            var paragraph = list > 0
                ? Word.Numbered(WordStyles.Field, list, Word.Run(text))
                : Word.Paragraph(WordStyles.Field, $"{measure.No}.{text}");
            yield return revision?.Before(task.Number, measure.No, "measure") is null ? paragraph : tracked.Inserted(paragraph);
        }
    }

    private Paragraph Field(string label, string text, string? before = null) => Word.Paragraph(
        WordStyles.Field, [Word.Run(label + "：", WordStyles.Label), .. before is null ? [Word.Run(text)] : tracked.Runs(before, text)]);

    private static char Numeral(int number) => "一二三四五六七八九"[number - 1];
}
