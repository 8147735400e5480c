// The line for one's own site: with this server's address, and copied by a button.

const snippet = document.getElementById("snippet");
const button = document.getElementById("copy");
const copied = document.getElementById("copied");

snippet.textContent = snippet.textContent.replace("https://coach.example", location.origin);
if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(snippet.textContent);
      button.textContent = "Copied";
      copied.textContent = "The line is copied.";
    } catch {
      getSelection().selectAllChildren(snippet);
      copied.textContent = "Select and copy the line by hand.";
    }
    setTimeout(() => {
      button.textContent = "Copy";
      copied.textContent = "";
    }, 2500);
  });
}
