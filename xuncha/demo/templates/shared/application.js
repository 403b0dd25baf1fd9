fetch("/api/front").then(function (answer) { return answer.json(); }).then(function (page) {
  document.getElementById("app").innerHTML = page.html;
});
