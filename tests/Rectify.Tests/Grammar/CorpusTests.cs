using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>The grammar against what people read in the same texts.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double Enough = 0.95;

    [Theory]
    [InlineData("number")]
    [InlineData("units")]
    [InlineData("deadline")]
    [InlineData("measures")]
    public void Published_texts_are_understood(string field) => Understood(Expectation.Corpus(), field);

    [Theory]
    [InlineData("number")]
    [InlineData("units")]
    [InlineData("deadline")]
    [InlineData("measures")]
    public void Invented_shapes_are_understood(string field) => Understood(Expectation.Shapes(), field);

    /// <summary>The one place where the expectations meet the parser.</summary>
    private static PlanDraft Read(SourceDocument document) => PlanGrammar.Read(document);

    private void Understood(IReadOnlyList<Expectation> expectations, string field)
    {
        var score = CorpusScore.Of(expectations, Read);
        output.WriteLine(score.Report());

        Assert.InRange(score[field].Precision, Enough, 1);
        Assert.InRange(score[field].Recall, Enough, 1);
    }
}
