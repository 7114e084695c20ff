using System.Text;

namespace Rectify.Papers;

/// <summary>An element of the document's structure (heading, paragraph, table cell), for readers that speak or reflow the text.</summary>
/// <remarks>Source: ISO 32000-1 §14.7 and §14.8.</remarks>
internal sealed class PdfTag(string type, string alternative = "")
{
    private readonly List<object> kids = [];

    public int Object { get; private set; }

    /// <param name="alternative">What a figure says, in words.</param>
    public PdfTag Add(string child, string alternative = "")
    {
        var tag = new PdfTag(child, alternative);
        kids.Add(tag);
        return tag;
    }

    /// <summary>Content of a page belongs to this element.</summary>
    public void Holds(int page, int mark) => kids.Add((Page: page, Mark: mark));

    /// <summary>Writes the tree and the way back from each page's marks; answers the root's number.</summary>
    /// <param name="marks">For each page, the element of each mark in order.</param>
    public static int WriteTree(PdfFile file, PdfTag document, IReadOnlyList<IReadOnlyList<PdfTag>> marks)
    {
        var root = file.Reserve();
        document.Number(file);
        document.Write(file, root);
        var back = new StringBuilder();
        for (var page = 0; page < marks.Count; page++)
        {
            back.Append(page).Append('[').AppendJoin(' ', marks[page].Select(tag => $"{tag.Object} 0 R")).Append(']');
        }

        var parents = file.Add($"<</Nums[{back}]>>");
        file.Write(root, $"<</Type/StructTreeRoot/K {document.Object} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {marks.Count}>>");
        return root;
    }

    private void Number(PdfFile file)
    {
        Object = file.Reserve();
        foreach (var child in kids.OfType<PdfTag>())
        {
            child.Number(file);
        }
    }

    private void Write(PdfFile file, int parent)
    {
        var content = string.Concat(kids.Select(kid => kid is (int page, int mark)
            ? $"<</Type/MCR/Pg {page} 0 R/MCID {mark}>>"
            : $"{((PdfTag)kid).Object} 0 R "));
        var scope = type == "TH" ? "/A<</O/Table/Scope/Column>>" : "";
        var said = alternative.Length > 0 ? $"/Alt{PdfFile.Text(CleanText.Of(alternative))}" : "";
        file.Write(Object, $"<</Type/StructElem/S/{type}/P {parent} 0 R{scope}{said}/K[{content}]>>");
        foreach (var child in kids.OfType<PdfTag>())
        {
            child.Write(file, Object);
        }
    }
}
